import { SonographyError } from '../sonography-error.ts';
import { type Activation, type ContractionPlan, contract, framesToMove } from './contractions.ts';
import type { Field } from './echoes.ts';
import { type Imaging, USUAL_IMAGING } from './probe.ts';
import type { Scene } from './scene.ts';

/** The probe slides on the skin: the whole image moves, and stays moved. */
export interface ProbeSlip {
  /** First frame that has moved. */
  readonly frame: number;
  /** Frames that the slide takes (default 1). */
  readonly frames?: number;
  /** How far tissue moves in the image, mm. */
  readonly lateralMm: number;
  readonly axialMm: number;
}

/** The probe tilts into another plane and comes back: what moved there cannot be known. */
export interface PlaneLoss {
  /** First frame out of the plane: half of the echoes are others already, in the next one all of them. */
  readonly from: number;
  /** First frame back in the plane. */
  readonly to: number;
  /**
   * False (the default): the probe sweeps, and each frame shows another plane. True: it rests in one other plane,
   * whose tissue could be followed from frame to frame although it is not the tissue that was marked.
   */
  readonly settles?: boolean;
}

/** How a phantom is filmed. Only the scene is needed. */
export interface PhantomOptions {
  readonly scene: Scene;
  /** Size of the stored frame in px (default 640 × 480). */
  readonly width?: number;
  readonly height?: number;
  /** mm in one px, both ways or apart (default: the scene's field of view fills the frame). */
  readonly mmPerPx?: number | { readonly lateral: number; readonly axial: number };
  /** Everything random follows from it (default 1). */
  readonly seed?: number;
  /** Frames a second (default 30). */
  readonly frameRate?: number;
  /** Power of the reference tissue's speckle at mid-depth over that of the noise, dB (default 20; Infinity: none). */
  readonly snrDb?: number;
  /**
   * Correlation ρ of the complex echo of moving tissue between one frame and the next, before noise: each frame
   * the share 1 − ρ of the diffuse scatterers is renewed (default 1). The envelope's correlation is about ρ².
   */
  readonly correlation?: number;
  /**
   * What becomes of renewed speckle (default fades): `fades` for good, so that after k frames a share 1 − k(1 − ρ)
   * is left; or it `returns` when the muscle is where it was, as motion through the plane does.
   */
  readonly speckle?: 'fades' | 'returns';
  readonly contraction?: Partial<ContractionPlan>;
  /** Instead of a contraction: how far it has gone in each frame. The first must be 0. */
  readonly activation?: ArrayLike<number>;
  /** The onset and release are made so slow that no tissue moves farther in one frame, px (default 4). */
  readonly mostPxPerFrame?: number;
  readonly slips?: readonly ProbeSlip[];
  readonly planeLosses?: readonly PlaneLoss[];
  readonly imaging?: Partial<Imaging>;
  /** Whether the margin shows a ruler, a grey bar and the word SIMULATED (default true). */
  readonly furniture?: boolean;
}

/** The options with every default filled in. */
export interface Setup {
  readonly scene: Scene;
  readonly width: number;
  readonly height: number;
  readonly field: Field;
  readonly seed: number;
  readonly frameRate: number;
  readonly snrDb: number;
  readonly correlation: number;
  readonly speckle: 'fades' | 'returns';
  readonly activation: Activation;
  readonly onsetFrames: number;
  readonly slips: readonly ProbeSlip[];
  readonly planeLosses: readonly PlaneLoss[];
  readonly imaging: Imaging;
  readonly furniture: boolean;
}

/** Fills in the defaults. @throws SonographyError where an option makes no sense */
export function setupOf(options: PhantomOptions): Setup {
  const { scene, width = 640, height = 480, snrDb = 20, correlation = 1 } = options;
  const imaging = { ...USUAL_IMAGING, ...options.imaging };
  checkPicture(options, imaging);
  checkEvents(options);
  const field = fieldOf(options, width, height);
  const { activation, onsetFrames } = activationOf(options, field);
  need(activation.levels[0] === 0, 'The first frame must be at rest.');
  need(activation.levels.every(Number.isFinite), 'An activation is not a number.');
  return {
    scene,
    width,
    height,
    field,
    seed: options.seed ?? 1,
    frameRate: options.frameRate ?? 30,
    snrDb,
    correlation,
    speckle: options.speckle ?? 'fades',
    activation,
    onsetFrames,
    slips: options.slips ?? [],
    planeLosses: options.planeLosses ?? [],
    imaging,
    furniture: options.furniture ?? true,
  };
}

function need(good: boolean, message: string): void {
  if (!good) throw new SonographyError('bad-argument', message);
}

function checkPicture(options: PhantomOptions, imaging: Imaging): void {
  const { scene, width = 640, height = 480, snrDb = 20, correlation = 1, frameRate = 30 } = options;
  const sizes = [width, height].every((size) => Number.isInteger(size) && size >= 96 && size <= 4096);
  need(sizes, 'A phantom is 96 to 4096 px each way.');
  need(correlation >= 0 && correlation <= 1, `A correlation is 0 to 1, not ${correlation}.`);
  need(!Number.isNaN(snrDb), 'The signal-to-noise ratio is not a number.');
  need(frameRate > 0 && frameRate <= 10_000, 'A frame rate is above 0 and at most 10 000 a second.');
  need((options.mostPxPerFrame ?? 4) > 0, 'Tissue must be allowed to move.');
  need(scene.reachMm >= 0 && scene.reachMm < 200, `Tissue cannot move by ${scene.reachMm} mm.`);
  const { looks, attenuationDbPerCm, pulseGrowthPerCm, referenceGrey, ...positive } = imaging;
  need(Number.isInteger(looks) && looks >= 1 && looks <= 16, 'Looks are a whole number from 1 to 16.');
  for (const [name, value] of Object.entries(positive)) need(value > 0, `${name} must be above 0.`);
  for (const value of [attenuationDbPerCm, pulseGrowthPerCm, referenceGrey])
    need(
      Number.isFinite(value) && value >= 0,
      'Attenuation, growth of the pulse and grey cannot be below 0.',
    );
}

/** The truth is told from frame 0, so nothing may have happened there yet. */
function checkEvents({ slips = [], planeLosses = [] }: PhantomOptions): void {
  for (const { frame, frames = 1, lateralMm, axialMm } of slips) {
    need(Number.isInteger(frame) && frame >= 1 && frames >= 1, 'The probe slips in frame 1 at the earliest.');
    need(Math.hypot(lateralMm, axialMm) < 200, 'A slip is shorter than 200 mm.');
  }
  for (const { from, to } of planeLosses)
    need(Number.isInteger(from) && from >= 1 && to > from, 'The plane is lost in frame 1 at the earliest.');
}

/** The footprint lies in a dark margin, like on the machines. */
function fieldOf({ scene, mmPerPx }: PhantomOptions, width: number, height: number): Field {
  const side = Math.round(width * 0.055) + 14;
  const above = Math.round(height * 0.045) + 6;
  const below = Math.round(height * 0.03);
  const room = { width: width - 2 * side, height: height - above - below };
  const fit = Math.max(scene.widthMm / room.width, scene.depthMm / room.height);
  const scale = typeof mmPerPx === 'object' ? mmPerPx : { lateral: mmPerPx ?? fit, axial: mmPerPx ?? fit };
  if (!(scale.lateral > 0 && scale.axial > 0 && scale.lateral < 10 && scale.axial < 10))
    throw new SonographyError('bad-argument', 'The scale must be above 0 and below 10 mm for each px.');
  const wide = Math.min(room.width, Math.round(scene.widthMm / scale.lateral));
  const deep = Math.min(room.height, Math.round(scene.depthMm / scale.axial));
  return {
    left: side + Math.floor((room.width - wide) / 2),
    top: above,
    width: wide,
    height: deep,
    mmPerPx: scale,
  };
}

function activationOf(
  options: PhantomOptions,
  field: Field,
): { activation: Activation; onsetFrames: number } {
  const most = options.mostPxPerFrame ?? 4;
  const reachPx = options.scene.reachMm / Math.min(field.mmPerPx.lateral, field.mmPerPx.axial);
  const moving = framesToMove(reachPx, most);
  if (options.activation) {
    const levels = Float64Array.from(options.activation);
    return { activation: { levels, phases: [] }, onsetFrames: moving };
  }
  const plan: ContractionPlan = {
    count: 1,
    restFrames: 12,
    onsetFrames: moving,
    holdFrames: 12,
    releaseFrames: moving,
    ...options.contraction,
  };
  if (!Object.values(plan).every((n) => Number.isInteger(n) && n >= 1))
    throw new SonographyError(
      'bad-argument',
      'Each part of a contraction takes a whole number of frames, at least 1.',
    );
  return { activation: contract(plan), onsetFrames: plan.onsetFrames };
}
