/**
 * The least standard deviation of a delay found between two partly correlated speckle signals, in seconds (Walker and
 * Trahey, IEEE Trans Ultrason Ferroelectr Freq Control 1995;42:301): what no tracker of radio-frequency data can beat
 * with one window. Brightness images have lost the phase and do worse.
 */
export function leastDelayError(signal: {
  readonly centreHz: number;
  /** As a share of the centre frequency. */
  readonly bandwidth: number;
  /** Length of the window, seconds of delay. */
  readonly windowSeconds: number;
  readonly correlation: number;
  /** Amplitude ratio. */
  readonly snr: number;
}): number {
  const { centreHz: f, bandwidth: b, windowSeconds: t, correlation, snr } = signal;
  const noise = (1 / correlation ** 2) * (1 + 1 / snr ** 2) ** 2 - 1;
  return Math.sqrt((3 / (2 * f ** 3 * Math.PI ** 2 * t * (b ** 3 + 12 * b))) * noise);
}

/** mm/s, there and back. */
const SOUND_MM_PER_S = 1.54e6;

/** The same limit as an axial displacement in px, for the usual phantom and a window of 31 px. */
export function leastAxialErrorPx(mmPerPx: number, correlation: number, snrDb: number): number {
  const windowSeconds = (2 * 31 * mmPerPx) / SOUND_MM_PER_S;
  // A pulse of 0.30 mm at half maximum and 10 MHz: the amplitude's spectrum is 4·ln 2/(π·τ) wide at half maximum.
  const pulseSeconds = (2 * 0.3) / SOUND_MM_PER_S;
  const bandwidth = (4 * Math.LN2) / (Math.PI * pulseSeconds) / 10e6;
  const signal = { centreHz: 10e6, bandwidth, windowSeconds, correlation, snr: 10 ** (snrDb / 20) };
  return (leastDelayError(signal) * SOUND_MM_PER_S) / 2 / mmPerPx;
}
