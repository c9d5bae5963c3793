/** A point through a clip. Where it was lost there is no place, only the truth that it was lost. */
export interface TrackedPoint {
  /** One for each frame, in px; NaN while lost. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 0 worthless to 1 certain, one for each frame. */
  readonly confidence: Float32Array;
  /** Standard error of the place in px, one for each frame; NaN while lost. */
  readonly standardError: Float32Array;
  /** 1 where the point was lost. */
  readonly lost: Uint8Array;
}
