export { type AverageCycle, averageCycle } from './cycles/average.ts';
export {
  type CollectedStride,
  type CurveCycles,
  collectCycles,
  type SideCycles,
  type WalkedTrial,
} from './cycles/cycles.ts';
export { betweenTimes, CYCLE_POINTS, type TimeBase, valueAt } from './cycles/normalise.ts';
export { LEAST_STRIDES, type StrideDistance, strideDistances } from './cycles/outliers.ts';
export {
  type ExcludedStride,
  type ExclusionReason,
  type ScreenedStrides,
  screenStrides,
} from './cycles/screen.ts';
export { type CutStrides, cutStrides, percentOf, type Stride } from './cycles/stride.ts';
export { fitKinematicBias, kinematicErrorsS } from './events/bias.ts';
export { chooseEvents } from './events/choose.ts';
export {
  type Confidence,
  EVENT_SOURCES,
  type EventKind,
  type EventSource,
  type GaitEvent,
  type GaitEvents,
} from './events/event.ts';
export { type FoundEvents, findEvents } from './events/find.ts';
export { footVelocityEvents } from './events/foot-velocity.ts';
export { heelBrakingEvents } from './events/heel-braking.ts';
export { type JudgedEvent, judgeEvents } from './events/judge.ts';
export {
  KINEMATIC_BIAS,
  type KinematicBias,
  type KinematicMethod,
  NO_BIAS,
} from './events/kinematic-bias.ts';
export { CONTACT_N, type PlateContact, plateContacts } from './events/plate-contacts.ts';
export { plateEvents, wholeContacts } from './events/plate-events.ts';
export { stancesOf } from './events/stances.ts';
export { zeniEvents } from './events/zeni.ts';
export { GaitError } from './gait-error.ts';
export {
  type FilledGap,
  type FilledRecording,
  fillGaps,
  type Gap,
  type GapOptions,
  gapsOf,
  type OpenGap,
  RIGID_SEGMENTS,
} from './gaps/fill.ts';
export { type Axes, type Cardan, cardanYXZ, type Frame } from './geometry/axes.ts';
export type { Vector } from './geometry/vector.ts';
export {
  AS_PLUG_IN_GAIT,
  type Contacts,
  type FloorContact,
  GRAVITY,
  type SegmentTable,
  WINTER,
} from './kinetics/body-segments.ts';
export { contactsOf, type Stance } from './kinetics/floor-contacts.ts';
export { type Kinetics, kineticsOf, LEG_JOINTS, type LegJoint } from './kinetics/inverse-dynamics.ts';
export { detectMarkerSet, type MarkerSetMatch } from './marker-sets/detect.ts';
export { KNOWN_MARKER_SETS } from './marker-sets/known-sets.ts';
export {
  type ClusterSegment,
  MARKER_SET_FORMAT,
  MARKER_SET_VERSION,
  type MarkerSet,
  MODEL_MARKERS,
  type ModelMarker,
} from './marker-sets/marker-set.ts';
export { parseMarkerSet } from './marker-sets/parse.ts';
export { type Calibration, calibrate } from './model/calibration.ts';
export {
  JOINTS,
  type Joint,
  type Kinematics,
  kinematicsOf,
  type Pose,
  type PosedLeg,
} from './model/kinematics.ts';
export { measuredByMarkers } from './model/measure.ts';
export type { LabSettings, Subject } from './model/subject.ts';
export { type Band, bandOf } from './norms/band.ts';
export {
  buildNormPackage,
  LEAST_REFERENCE_PEOPLE,
  type NormDescription,
  type ReferenceWalk,
} from './norms/build.ts';
export { canonicalNormText } from './norms/canonical.ts';
export { type NormFile, type NormsOfFiles, normsFromFiles } from './norms/from-files.ts';
export { normsFromTables } from './norms/from-tables.ts';
export {
  type Caveat,
  type CaveatCode,
  type MatchedNorms,
  matchNorms,
  type WalkToJudge,
} from './norms/match.ts';
export {
  type AgeGroup,
  type Footwear,
  NORM_FORMAT,
  NORM_VERSION,
  type NormCurve,
  NormError,
  type NormPackage,
  type NormSet,
  type NormSpeed,
  type NormValue,
  type ProfileReference,
  type Range,
} from './norms/package.ts';
export { checkNormPackage, parseNormPackage, writeNormPackage } from './norms/parse.ts';
export { referenceWalkOf } from './norms/reference-walk.ts';
export {
  referenceWalkOfReports,
  type UnfitForNorms,
  unfitForNorms,
} from './norms/reference-walk-of-report.ts';
export type { Plate, Recording, VendorEvent } from './recording.ts';
export { recordingOf } from './recording-of-file.ts';
export { changesBetween } from './report/changes.ts';
export type {
  GaitReportData,
  KeyAngle,
  ReportBand,
  ReportChanges,
  ReportCurve,
  ReportNorms,
  ReportScores,
  ReportSideCurve,
  ReportStride,
  ReportTrial,
  ReportValue,
  WalkConditions,
} from './report/shape.ts';
export { isReportData } from './report/shape.ts';
export { kineticsCutoffHz, trialKinetics } from './report/trial-kinetics.ts';
export type { NamedRecording } from './report/walked-trial.ts';
export { type GaitSession, gaitReport } from './report-data.ts';
export { type GdiBasis, gaitDeviationIndex } from './scores/gdi.ts';
export {
  type GaitVariableScores,
  gaitProfileScore,
  gaitVariableScores,
  type MovementAnalysisProfile,
  movementAnalysisProfile,
} from './scores/gps.ts';
export {
  type GaitProfile,
  gaitProfile,
  PROFILE_POINTS,
  profileOfCycles,
  ScoreError,
} from './scores/profile.ts';
export { bothSides, leftward, SIDES, type Side, type Sided } from './side.ts';
export { lowPass } from './signal/low-pass.ts';
export * from './simulator/index.ts';
export {
  SPATIO_TEMPORAL_NAMES,
  type SpatioTemporal,
  type SpatioTemporalName,
  spatioTemporal,
} from './spatio-temporal/parameters.ts';
export {
  dimensionlessSpeed,
  type MeanAndSd,
  type SidedSummary,
  summariseSpatioTemporal,
  symmetryIndex,
} from './spatio-temporal/summary.ts';
export { type KnownMeasurements, markerRadiusOfFiles, subjectOfFiles } from './subject-of-file.ts';
export { bandsOf, type CurveBands } from './uncertainty/bands.ts';
export {
  type ChangedSpan,
  type CurveChange,
  compareCurves,
  compareValues,
  type ValueChange,
  type Verdict,
} from './uncertainty/compare.ts';
export {
  errorFromSem,
  MEASUREMENT_ERROR_SOURCE,
  type MeasurementError,
  measurementErrorOf,
} from './uncertainty/measurement-error.ts';
export {
  compareSessions,
  type SessionChange,
  type SessionConditions,
  sessionCaveats,
} from './uncertainty/sessions.ts';
export {
  curveOf,
  type Plane,
  PROFILE_VARIABLES,
  type ProfileVariable,
  type Unit,
  VARIABLES,
  type Variable,
  variableOf,
} from './variables.ts';
export { type WalkingDirection, walkingDirection } from './walking-direction.ts';
