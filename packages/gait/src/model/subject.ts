import type { Sided } from '../side.ts';

/** What is measured on the person with tape and calliper. Lengths in millimetres, the mass in kilograms. */
export interface Subject {
  readonly massKg: number;
  readonly heightMm: number | null;
  readonly legLengthMm: Sided<number>;
  readonly kneeWidthMm: Sided<number>;
  readonly ankleWidthMm: Sided<number>;
  /** Between the front spines of the pelvis; null: as the markers show it in the calibration. */
  readonly interAsisMm: number | null;
  /** From each front spine of the pelvis to the trochanter, along the leg; null: from the leg's length. */
  readonly asisTrochanterMm: Sided<number> | null;
}

/** What belongs to the lab. */
export interface LabSettings {
  /** From a marker's centre to the skin, its base included. */
  readonly markerRadiusMm: number;
  /** The foot lies flat in the calibration, whatever the heights of its markers. */
  readonly footFlat: boolean;
}
