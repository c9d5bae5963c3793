export type { ContractionPhases, ContractionPlan } from './contractions.ts';
export { makePhantom, type Phantom } from './make-phantom.ts';
export type { PhantomOptions, PlaneLoss, ProbeSlip } from './options.ts';
export { type Imaging, USUAL_IMAGING } from './probe.ts';
export type { Motion, Scene, ScenePoint, SpecularLine } from './scene.ts';
export { type BlockMotion, blockScene } from './scenes/block.ts';
export type { PhantomTruth } from './truth.ts';
