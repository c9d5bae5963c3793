/** Writes where tissue that lay at (lateral, axial) at rest now lies; all in mm. */
export type Motion = (lateral: number, axial: number, out: Float64Array) => void;

/** A place at rest: mm to the right of the field's left edge, mm below the probe. */
export interface ScenePoint {
  readonly lateral: number;
  readonly axial: number;
}

/** An interface that mirrors sound, such as a fascia: it gives a line, not speckle. */
export interface SpecularLine {
  readonly points: readonly ScenePoint[];
  /** Amplitude of the line's ridge; the mean speckle of the reference tissue is 1. One for each point. */
  readonly strengths: readonly number[];
}

/** What lies under the probe, and how it moves while a muscle contracts. Everything in mm of tissue at rest. */
export interface Scene {
  readonly name: string;
  /** Field of view that the scene was composed for. */
  readonly widthMm: number;
  readonly depthMm: number;
  /** The farthest that any tissue moves between rest and peak. */
  readonly reachMm: number;
  /** Amplitude of the speckle at a place at rest; 1 is the reference tissue (the muscle), 0 is free of echo. */
  readonly echo: (lateral: number, axial: number) => number;
  readonly lines: readonly SpecularLine[];
  /** @param activation 0 rest to 1 peak; at 0 nothing has moved */
  readonly motionAt: (activation: number) => Motion;
  /** False where there is nothing to follow (fluid). */
  readonly isTissue: (lateral: number, axial: number) => boolean;
  /** True measures at an activation; each name ends in its unit. */
  readonly measuresAt: (activation: number) => Readonly<Record<string, number>>;
  /** Places at rest that a sonographer would mark. */
  readonly landmarks: Readonly<Record<string, ScenePoint>>;
}
