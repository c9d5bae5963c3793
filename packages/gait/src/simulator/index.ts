export { c3dOfTrial } from './c3d-of-trial.ts';
export { randomFrom } from './random.ts';
export { simulateStanding } from './simulate-standing.ts';
export { simulateWalk } from './simulate-walk.ts';
export { simulatedNorms } from './simulated-norms.ts';
export {
  type Capture,
  CLEAN_CAPTURE,
  SIMULATED_ADULT,
  type SimulatedPerson,
  type SimulatedTrial,
  type Truth,
  USUAL_CAPTURE,
} from './trial.ts';
export {
  speedOf,
  USUAL_WALK,
  type WalkPattern,
  withBackPain,
  withoutVariation,
  withStiffKnee,
  withWeakPushOff,
} from './walk-pattern.ts';
