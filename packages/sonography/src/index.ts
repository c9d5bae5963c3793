export { type Clip, type LumaFrame, type Region, type RegionRefusal, unscaledRegion } from './clip.ts';
export {
  CODEC_FILES,
  CODEC_NAMES,
  type CodecFile,
  type CodecName,
  type Codecs,
  type LoadCodec,
  makeCodecs,
} from './codecs/codecs.ts';
export { type EncodeJpeg, JPEG_ENCODER_FILE, openJpegEncoder } from './codecs/jpeg-encoder.ts';
export type { Picture } from './codecs/picture.ts';
export { lumaOf, lumaOfRgb } from './codecs/picture-luma.ts';
export { type Area, type BlackOutOptions, blackOut } from './dicom/black-out.ts';
export { isPart10 as isDicom } from './dicom/data-set.ts';
export {
  type Deidentified,
  type DeidentifyOptions,
  deidentifyDicom,
  type RemovedElement,
} from './dicom/deidentify.ts';
export { type Identity, identityOf } from './dicom/identity.ts';
export { type DicomIndex, indexDicom, type PicturesIndex } from './dicom/index-of.ts';
export { bulkOf, dicomJson, type VrOf } from './dicom/json.ts';
export type { DicomJson, JsonElement, JsonPersonName, JsonValue } from './dicom/json-values.ts';
export { type DicomClip, type DicomFacts, readDicom } from './dicom/read.ts';
export { READ_SYNTAXES } from './dicom/transfer-syntax.ts';
export type { ReadWarning } from './dicom/warnings.ts';
export {
  type CineOptions,
  type DicomElement,
  type DicomFragments,
  type DicomItems,
  decimalString,
  type EncodeJpegLs,
  encodeRunLengths,
  JPEG_LS_ENCODER_FILE,
  type MetaFacts,
  openJpegLsEncoder,
  uidOf,
  WRITTEN_SYNTAX,
  withMeta,
  writeDataSet,
  writeDicomFile,
  writeUltrasoundCine,
} from './dicom-write/index.ts';
export {
  type AbdominalActivation,
  type AbdominalLayers,
  abdominalActivation,
  type MeasuredRatio,
} from './measure/abdominal-wall.ts';
export { type Architecture, measureArchitecture, wholeFascicle } from './measure/architecture.ts';
export { type AreaAsymmetry, areaAsymmetry, haematomaVolume, measureArea } from './measure/areas.ts';
export {
  DETECTABLE_CHANGES,
  type DetectableChange,
  REFERENCE_VALUES,
} from './measure/detectable-change.ts';
export {
  ECHO_INTENSITY_CAVEATS,
  type EchoIntensity,
  measureEchoIntensity,
} from './measure/echo-intensity.ts';
export {
  type InterRectiCircumstances,
  type InterRectiDistance,
  type InterRectiSite,
  measureInterRecti,
} from './measure/inter-recti.ts';
export {
  type Line,
  meanOfMeasures,
  measureAngle,
  measureDistance,
  measureGap,
  measureThickness,
  type Retraction,
  retraction,
} from './measure/lengths.ts';
export { MeasureRefused, type RefusalReason } from './measure/measure-refused.ts';
export type { Place } from './measure/place.ts';
export { type MeasurableRegion, placeInFrame, regionOf, scaleOf } from './measure/region-of.ts';
export type { Measured } from './measured.ts';
export { type FindMuscleOptions, findMuscle } from './muscle/find-muscle.ts';
export { type Box, findImageArea } from './muscle/image-area.ts';
export type { MuscleFound, MuscleLines, MuscleNotFound, Segment } from './muscle/muscle-lines.ts';
export {
  type BlockMotion,
  blockScene,
  type ContractionPhases,
  type ContractionPlan,
  type DrawingInOptions,
  drawingInScene,
  type Imaging,
  type InterRectiOptions,
  interRectiScene,
  type MuscleOptions,
  makePhantom,
  muscleScene,
  type Phantom,
  type PhantomOptions,
  type PhantomTruth,
  type PlaneLoss,
  type ProbeSlip,
  type Scene,
  type TearOptions,
  tearScene,
} from './phantom/index.ts';
export type { Contraction } from './phases/contractions-in.ts';
export {
  type FindPhasesOptions,
  findPhases,
  type PhaseAverage,
  type Phases,
  type TrackedSignal,
} from './phases/find-phases.ts';
export { distanceMm, type Scale, spanMm } from './scale.ts';
export { type KnownDistance, scaleOfDistance, withScale } from './set-scale.ts';
export { SonographyError, type SonographyErrorCode } from './sonography-error.ts';
export { encodePng } from './stills/encode-png.ts';
export { readStill } from './stills/read-still.ts';
export { clipOfLuma, clipOfStills } from './stills/still-clip.ts';
export type { Marks } from './track/marks.ts';
export { type TrackClipOptions, type TrackedClip, trackClip } from './track/track-clip.ts';
export type { TrackedPoint } from './track/tracked.ts';
export {
  createTracker,
  type Mark,
  type PointState,
  type Tracker,
  type TrackerOptions,
} from './track/tracker.ts';
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
export { readMp4 } from './video/read-mp4.ts';
