/** A measured value with its standard error in the same unit. */
export interface Measured<Unit extends number> {
  readonly value: Unit;
  /** One standard deviation of the error, from tracking and calibration together. */
  readonly standardError: Unit;
}
