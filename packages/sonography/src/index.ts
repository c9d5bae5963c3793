export type { Clip, LumaFrame, Region, RegionRefusal } from './clip.ts';
export {
  CODEC_FILES,
  CODEC_NAMES,
  type CodecFile,
  type CodecName,
  type Codecs,
  type LoadCodec,
  makeCodecs,
} from './codecs/codecs.ts';
export type { Picture } from './codecs/picture.ts';
export { lumaOf, lumaOfRgb } from './codecs/picture-luma.ts';
export { type Identity, identityOf } from './dicom/identity.ts';
export { type DicomClip, type DicomFacts, readDicom } from './dicom/read.ts';
export type { ReadWarning } from './dicom/warnings.ts';
export type { Measured } from './measured.ts';
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
