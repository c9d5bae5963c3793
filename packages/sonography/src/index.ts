export type { Clip, LumaFrame, Region, RegionRefusal } from './clip.ts';
export type { Measured } from './measured.ts';
export { distanceMm, type Scale, spanMm } from './scale.ts';
export { SonographyError, type SonographyErrorCode } from './sonography-error.ts';
export {
  type Deg,
  deg,
  type Ml,
  type Mm,
  type Mm2,
  ml,
  mm,
  mm2,
  type PointMm,
  type PointPx,
  type Px,
  px,
} from './units.ts';
export {
  type BlockMotion,
  blockScene,
  type ContractionPhases,
  type ContractionPlan,
  type Imaging,
  makePhantom,
  type Phantom,
  type PhantomOptions,
  type PhantomTruth,
  type PlaneLoss,
  type ProbeSlip,
  type Scene,
} from './phantom/index.ts';
