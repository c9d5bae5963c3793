/** Where one contraction begins and ends, in frames. */
export interface ContractionPhases {
  /** Last frame at rest: the next one moves. */
  readonly onset: number;
  /** First frame at full contraction. */
  readonly peak: number;
  /** Last frame at full contraction: the next one lets go. */
  readonly release: number;
  /** First frame at rest again. */
  readonly end: number;
}

/** How a muscle is contracted, in frames. */
export interface ContractionPlan {
  /** How often; at least 1. */
  readonly count: number;
  /** Frames of rest before each contraction, and after the last one. */
  readonly restFrames: number;
  /** Frames from rest to the peak. */
  readonly onsetFrames: number;
  readonly holdFrames: number;
  /** Frames from the peak back to rest. */
  readonly releaseFrames: number;
}

/** How far the contraction has gone in each frame (0 rest, 1 peak), and when each phase begins. */
export interface Activation {
  readonly levels: Float64Array;
  readonly phases: readonly ContractionPhases[];
}

/** The frames of repeated contractions: half a cosine up, a hold, half a cosine down. */
export function contract(plan: ContractionPlan): Activation {
  const { count, restFrames, onsetFrames, holdFrames, releaseFrames } = plan;
  const levels: number[] = [];
  const phases: ContractionPhases[] = [];
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < restFrames; i++) levels.push(0);
    const onset = levels.length - 1;
    for (let i = 1; i < onsetFrames; i++) levels.push(half(i / onsetFrames));
    const peak = levels.length;
    for (let i = 0; i <= holdFrames; i++) levels.push(1);
    const release = levels.length - 1;
    for (let i = 1; i < releaseFrames; i++) levels.push(half(1 - i / releaseFrames));
    phases.push({ onset, peak, release, end: levels.length });
  }
  for (let i = 0; i < restFrames; i++) levels.push(0);
  return { levels: Float64Array.from(levels), phases };
}

function half(t: number): number {
  return (1 - Math.cos(Math.PI * t)) / 2;
}

/** Frames of half a cosine over `distance` so that no frame moves farther than `mostPerFrame`. */
export function framesToMove(distance: number, mostPerFrame: number): number {
  return Math.max(2, Math.ceil((Math.PI / 2) * (distance / mostPerFrame)));
}
