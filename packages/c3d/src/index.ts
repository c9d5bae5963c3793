export { allocationLimit } from './budget.ts';
export {
  type Analog,
  type C3dContent,
  type C3dFile,
  channelAt,
  indexOfLabel,
  type Markers,
  type ModelOutputs,
  type OutputKind,
  type PointSet,
  type Trajectory,
  timeOfFrameS,
  trajectoryAt,
  trajectoryOf,
} from './content.ts';
export { type Deidentified, deidentify, type Removal } from './deidentify.ts';
export { C3dError, type C3dErrorCode, type Place } from './errors.ts';
export type { C3dEvent } from './events.ts';
export type { ForcePlate, PlateType } from './force-plates.ts';
export type { Storage } from './layout.ts';
export { type NewAnalog, type NewContent, type NewPoints, newContent } from './new-content.ts';
export {
  findGroup,
  findParameter,
  firstNumber,
  firstText,
  type NumberParameter,
  numbersOf,
  type Parameter,
  type ParameterGroup,
  type TextParameter,
  textsOf,
} from './parameters.ts';
export type { RemovalKind } from './personal.ts';
export { type PlateLoadOptions, type PlateLoads, plateLoads } from './plate-loads.ts';
export type { Processor } from './processor.ts';
export { readC3d } from './read.ts';
export type { Rotations } from './rotations.ts';
export { mmPerUnit, nmmPerUnit } from './units.ts';
export type { Warning, WarningCode } from './warnings.ts';
export { type WriteOptions, writeC3d } from './write.ts';
