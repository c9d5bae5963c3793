import type { Clip, LumaFrame, Region } from '../clip.ts';
import { SonographyError } from '../sonography-error.ts';
import { type EchoRenderer, type Elsewhere, echoRenderer, type Moment } from './echoes.ts';
import { drawFurniture } from './furniture.ts';
import { type PhantomOptions, type Setup, setupOf } from './options.ts';
import { hash32 } from './random.ts';
import { type PhantomTruth, slipAt, truthOf } from './truth.ts';

/** A simulated clip and what is true of it. */
export interface Phantom {
  readonly clip: Clip;
  readonly truth: PhantomTruth;
  readonly frameRate: number;
  /** A frame at once: the same for the same options, in whatever order frames are asked for. @throws SonographyError */
  readonly frameAt: (index: number) => LumaFrame;
  /**
   * The complex echo of a frame before envelope and grey scale: (in-phase, quadrature) for each px of the region,
   * row by row. For tests of statistics. Without noise where asked.
   */
  readonly echoAt: (index: number, withNoise?: boolean) => Float32Array;
}

/**
 * A phantom with exactly known motion: random scatterers seen through a depth-dependent point-spread function, in a
 * scene that moves. Frames are made when they are asked for, always the same for the same options.
 * @throws SonographyError (bad-argument) where an option makes no sense
 */
export function makePhantom(options: PhantomOptions): Phantom {
  const setup = setupOf(options);
  const { width, height, field, activation, frameRate } = setup;
  const frameCount = activation.levels.length;
  const region: Region = {
    left: field.left,
    top: field.top,
    right: field.left + field.width - 1,
    bottom: field.top + field.height - 1,
    kind: 'tissue',
    scale: { ...field.mmPerPx, relativeError: 0 },
    refusal: null,
  };
  const renderers = new Map<boolean, EchoRenderer>();
  const rendererOf = (withNoise: boolean) => {
    const made = renderers.get(withNoise) ?? newRenderer(setup, withNoise);
    renderers.set(withNoise, made);
    return made;
  };
  const needFrame = (index: number) => {
    if (!Number.isInteger(index) || index < 0 || index >= frameCount)
      throw new SonographyError(
        'no-such-frame',
        `The phantom has frames 0 to ${frameCount - 1}, not ${index}.`,
      );
  };
  let backdrop: Uint8Array | null = null;
  let greys: Uint8Array | null = null;
  const frameAt = (index: number): LumaFrame => {
    needFrame(index);
    backdrop ??= drawFurniture(setup);
    greys ??= greyTable(setup);
    const luma = backdrop.slice();
    drawTissue(luma, setup, powerOf(setup, rendererOf(true), index), greys);
    return { width, height, luma };
  };
  return {
    clip: {
      width,
      height,
      frameCount,
      times: Float64Array.from({ length: frameCount }, (_, n) => n / frameRate),
      regions: [region],
      frame: async (index) => frameAt(index),
    },
    truth: truthOf(setup),
    frameRate,
    frameAt,
    echoAt(index, withNoise = true) {
      needFrame(index);
      return rendererOf(withNoise).render(momentOf(setup, index), 0).slice();
    },
  };
}

function newRenderer(setup: Setup, withNoise: boolean): EchoRenderer {
  const farthestSlip = setup.slips.reduce((sum, one) => sum + Math.hypot(one.lateralMm, one.axialMm), 0);
  const margin = setup.scene.reachMm + farthestSlip;
  const snrDb = withNoise ? setup.snrDb : Number.POSITIVE_INFINITY;
  return echoRenderer(setup.scene, setup.field, setup.imaging, snrDb, setup.seed, margin);
}

function momentOf(setup: Setup, frame: number): Moment {
  const level = setup.activation.levels[frame] ?? 0;
  const clock = setup.speckle === 'fades' ? frame : level * setup.onsetFrames;
  return {
    motion: setup.scene.motionAt(level),
    slip: slipAt(setup.slips, frame),
    renewals: clock * (1 - setup.correlation),
    elsewhere: elsewhereAt(setup, frame),
    noise: hash32(setup.seed, frame + 1),
  };
}

/** Planes gone through in a frame by a probe that sweeps. */
const SWEEP = 0.6;

function elsewhereAt({ planeLosses, seed }: Setup, frame: number): Elsewhere {
  const loss = planeLosses.find(({ from, to }) => frame >= from && frame < to);
  if (!loss) return { share: 0, speckle: 0, depth: 0 };
  const swept = loss.settles ? 0 : frame - loss.from;
  return {
    share: frame === loss.from ? 0.5 : 1,
    speckle: hash32(seed, 0x10000 + loss.from + swept),
    depth: (hash32(seed, loss.from) & 0xffff) + 0.5 + SWEEP * swept,
  };
}

/** Power of the echo at each px of the field, the mean of the looks. */
function powerOf(setup: Setup, renderer: EchoRenderer, frame: number): Float32Array {
  const { field, imaging } = setup;
  const power = new Float32Array(field.width * field.height);
  const moment = momentOf(setup, frame);
  for (let look = 0; look < imaging.looks; look++) {
    const echo = renderer.render(moment, look);
    for (let i = 0; i < power.length; i++) {
      const re = echo[2 * i] ?? 0;
      const im = echo[2 * i + 1] ?? 0;
      power[i] = (power[i] ?? 0) + (re * re + im * im) / imaging.looks;
    }
  }
  return power;
}

/** Bits of a 32-bit float's mantissa that choose a grey: steps of 0.02 dB. */
const MANTISSA_BITS = 8;

/** Grey of each power, found by the leading bits of the power as a 32-bit float: the log compression at no cost. */
function greyTable({ imaging }: Setup): Uint8Array {
  const bits = new Uint32Array(1);
  const value = new Float32Array(bits.buffer);
  return Uint8Array.from({ length: 1 << (8 + MANTISSA_BITS) }, (_, i) => {
    bits[0] = ((i << 1) | 1) << (22 - MANTISSA_BITS);
    const db = 10 * Math.log10(value[0] || Number.MIN_VALUE);
    const grey = imaging.referenceGrey + (255 * db) / imaging.dynamicRangeDb;
    return Number.isFinite(grey) ? Math.min(255, Math.max(0, Math.round(grey))) : 0;
  });
}

function drawTissue(luma: Uint8Array, { width, field }: Setup, power: Float32Array, greys: Uint8Array): void {
  const bits = new Uint32Array(power.buffer);
  for (let y = 0; y < field.height; y++) {
    const source = y * field.width;
    const target = (field.top + y) * width + field.left;
    for (let x = 0; x < field.width; x++)
      luma[target + x] = greys[(bits[source + x] ?? 0) >>> (23 - MANTISSA_BITS)] ?? 0;
  }
}
