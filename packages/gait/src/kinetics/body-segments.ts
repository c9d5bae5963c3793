import type { Sided } from '../side.ts';

/** What a segment weighs and how its mass lies: fractions of the body's mass and of the segment's length. */
export interface SegmentParameters {
  readonly mass: number;
  /** From the upper joint to the centre of mass. */
  readonly centre: number;
  /** Radius of gyration about the centre of mass, across the segment. */
  readonly gyration: number;
}

export type LegSegment = 'foot' | 'shank' | 'thigh';
export type SegmentTable = Readonly<Record<LegSegment, SegmentParameters>>;

/**
 * Source: Winter DA. Biomechanics and Motor Control of Human Movement, 4th ed., Wiley 2009, table 4.1, after Dempster
 * WT, WADC Technical Report 55-159, 1955. The foot's length is taken from the ankle to the toe marker.
 */
export const WINTER: SegmentTable = {
  foot: { mass: 0.0145, centre: 0.5, gyration: 0.475 },
  shank: { mass: 0.0465, centre: 0.433, gyration: 0.302 },
  thigh: { mass: 0.1, centre: 0.433, gyration: 0.323 },
};

/**
 * The same with each radius of gyration about the upper joint in the place of the one about the centre of mass. It
 * overstates the inertia, and reproduces the moments that Plug-in Gait stores in swing; for comparisons with it.
 */
export const AS_PLUG_IN_GAIT: SegmentTable = {
  foot: aboutUpperJoint(WINTER.foot),
  shank: aboutUpperJoint(WINTER.shank),
  thigh: aboutUpperJoint(WINTER.thigh),
};

function aboutUpperJoint(segment: SegmentParameters): SegmentParameters {
  return { ...segment, gyration: Math.hypot(segment.gyration, segment.centre) };
}

/** m/s², downwards. */
export const GRAVITY = 9.81;

/** What touches the floor with which foot, frame by frame; null while nothing does, or nothing that can be told apart. */
export interface FloorContact {
  /** On the foot, in newtons. */
  readonly forceN: readonly [number, number, number];
  readonly centreOfPressureMm: readonly [number, number, number];
  /** About the vertical at the centre of pressure, in newton millimetres. */
  readonly freeMomentNmm: number;
}

export type Contacts = Sided<readonly (FloorContact | null | 'unknown')[]>;
