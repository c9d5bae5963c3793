import { carrierPerMm, halfKernel, type Imaging, kernelEnergy, pointSpread } from './probe.ts';
import { hash32, normals, randomFrom } from './random.ts';
import type { Motion, Scene } from './scene.ts';
import { amplitudeOf, textureOf } from './texture.ts';

/** The part of the image that shows tissue, and its scale. */
export interface Field {
  readonly left: number;
  readonly top: number;
  /** Size in px. */
  readonly width: number;
  readonly height: number;
  readonly mmPerPx: { readonly lateral: number; readonly axial: number };
}

/** Another plane, into which the probe has tilted. */
export interface Elsewhere {
  /** Share of everything that comes from there, 0 to 1. */
  readonly share: number;
  /** Names its speckle. */
  readonly speckle: number;
  /** How far into the other planes: interfaces wander smoothly with it. */
  readonly depth: number;
}

/** One moment of a scene: how tissue lies, and which speckle is seen. */
export interface Moment {
  readonly motion: Motion;
  /** Whole-image shift in mm. */
  readonly slip: { readonly lateral: number; readonly axial: number };
  /** Generations of speckle gone by: a diffuse scatterer is renewed each time this passes a number of its own. */
  readonly renewals: number;
  readonly elsewhere: Elsewhere;
  /** Names the noise of this frame. */
  readonly noise: number;
}

/** Scatterers per pixel: more than ten in each cell of resolution, so that speckle is fully developed. */
const DENSITY = 0.6;
const PHASES = 4096;
const NOISE_TABLE = 1 << 16;
const PAD = 24;
/** Interfaces of another plane lie so far from those of this one, mm. */
const WANDER_MM = 4;
/** Roughness of interfaces: the phase wanders so much along them, so that they glint and break. */
const ROUGH_TURNS = 0.42;
const ROUGH_MM = 0.9;

/** Renders the complex echo (in-phase, quadrature, pixel by pixel) of a scene's field. */
export interface EchoRenderer {
  /** Interleaved, width × height × 2; the same buffer each time. Reference speckle has mean power 1 at mid-depth. */
  readonly render: (moment: Moment, look: number) => Float32Array;
}

interface Scatterers {
  readonly lateral: Float32Array;
  readonly axial: Float32Array;
  readonly strength: Float32Array;
  /**
   * Of mirroring interfaces: the phase of each point in each look, in steps of a turn. Null where it is random and
   * carried by depth.
   */
  readonly phases: readonly Uint16Array[] | null;
}

/**
 * Speckle as in Wagner, Smith, Sandrik and Lopez (IEEE Trans Sonics Ultrason 1983;30:156): many random scatterers in
 * each cell of resolution add with their phases, so that the envelope is Rayleigh distributed. Mirroring interfaces
 * are laid as close points in phase, so that they stand above the speckle as lines (a Rice distribution).
 */
export function echoRenderer(
  scene: Scene,
  field: Field,
  imaging: Imaging,
  snrDb: number,
  seed: number,
  marginMm: number,
): EchoRenderer {
  const diffuse = diffuseScatterers(scene, field, seed, marginMm);
  const specular = specularScatterers(scene, field, imaging);
  const grid = gridOf(field);
  const rows = rowsOf(field, imaging, grid);
  const noise = smoothed(normals(NOISE_TABLE, seed ^ 0x6e6f6973));
  const noiseAmplitude = amplitudeOf(-snrDb) / Math.SQRT2;
  const layDown = layer(field, grid, carrierPerMm(imaging));
  return {
    render(moment, look) {
      grid.echo.fill(0);
      layDown(diffuse, moment, hash32(seed, look + 1), look);
      layDown(specular, moment, hash32(seed, look + 1), look);
      blurAcross(grid, rows);
      if (noiseAmplitude > 0) addNoise(grid, rows, noise, noiseAmplitude, hash32(moment.noise + look, seed));
      return blurDown(grid, rows, field);
    },
  };
}

function diffuseScatterers(scene: Scene, field: Field, seed: number, marginMm: number): Scatterers {
  const { lateral: mmX, axial: mmY } = field.mmPerPx;
  const margin = marginMm + PAD * Math.max(mmX, mmY);
  const wide = field.width * mmX + 2 * margin;
  const deep = field.height * mmY + 2 * margin;
  const count = Math.round((DENSITY * wide * deep) / (mmX * mmY));
  const random = randomFrom(seed);
  const lateral = new Float32Array(count);
  const axial = new Float32Array(count);
  const strength = new Float32Array(count);
  const unit = 1 / Math.sqrt(DENSITY);
  for (let i = 0; i < count; i++) {
    const u = random() * wide - margin;
    // In order of depth, so that neighbours in memory are neighbours in the image.
    const v = ((i + random()) / count) * deep - margin;
    lateral[i] = u;
    axial[i] = v;
    strength[i] = unit * scene.echo(u, v);
  }
  return { lateral, axial, strength, phases: null };
}

function specularScatterers(scene: Scene, field: Field, imaging: Imaging): Scatterers {
  const lateral: number[] = [];
  const axial: number[] = [];
  const strength: number[] = [];
  const phases = Array.from({ length: imaging.looks }, (): number[] => []);
  const spacing = 0.6;
  const rough = textureOf(0x726f7567);
  for (const [line, { points, strengths }] of scene.lines.entries()) {
    let along = 0;
    for (let n = 1; n < points.length; n++) {
      const [a, b] = [points[n - 1], points[n]];
      if (!a || !b) continue;
      const length = Math.hypot(b.lateral - a.lateral, b.axial - a.axial);
      const px = Math.hypot(
        (b.lateral - a.lateral) / field.mmPerPx.lateral,
        (b.axial - a.axial) / field.mmPerPx.axial,
      );
      const steps = Math.max(1, Math.ceil(px / spacing));
      const spread = pointSpread(imaging, a.axial, field.mmPerPx);
      const ridge = (px / steps) * Math.sqrt(spread.axial / spread.lateral / 2);
      for (let k = 0; k < steps; k++) {
        const t = k / steps;
        lateral.push(a.lateral + (b.lateral - a.lateral) * t);
        axial.push(a.axial + (b.axial - a.axial) * t);
        strength.push(ridge * ((strengths[n - 1] ?? 0) * (1 - t) + (strengths[n] ?? 0) * t));
        // Each look comes from another angle, at which the interface glints and breaks elsewhere.
        for (const [look, phase] of phases.entries()) {
          const turns = ROUGH_TURNS * rough((along + t * length) / ROUGH_MM, 2.5 * line + 5000 * look);
          phase.push(Math.round(turns * PHASES) & (PHASES - 1));
        }
      }
      along += length;
    }
  }
  return {
    lateral: Float32Array.from(lateral),
    axial: Float32Array.from(axial),
    strength: Float32Array.from(strength),
    phases: phases.map((one) => Uint16Array.from(one)),
  };
}

/** Neighbouring lines of the image share part of their noise, since the machine interpolates between beams. */
function smoothed(noise: Float32Array): Float32Array {
  const at = (i: number) => noise[(i + NOISE_TABLE) & (NOISE_TABLE - 1)] ?? 0;
  return noise.map((one, i) => (at(i - 2) + 2 * one + at(i + 2)) / Math.sqrt(6));
}

interface Grid {
  readonly width: number;
  readonly height: number;
  /** Interleaved complex values. */
  readonly echo: Float32Array;
  readonly blurred: Float32Array;
  readonly out: Float32Array;
}

function gridOf(field: Field): Grid {
  const width = field.width + 2 * PAD;
  const height = field.height + 2 * PAD;
  return {
    width,
    height,
    echo: new Float32Array(2 * width * height),
    blurred: new Float32Array(2 * width * height),
    out: new Float32Array(2 * field.width * field.height),
  };
}

interface Row {
  readonly across: Float32Array;
  readonly down: Float32Array;
  readonly noiseScale: number;
}

function rowsOf(field: Field, imaging: Imaging, grid: Grid): Row[] {
  const middleCm = (field.height * field.mmPerPx.axial) / 20;
  return Array.from({ length: grid.height }, (_, y) => {
    const depth = Math.max(0, (y - PAD) * field.mmPerPx.axial);
    const spread = pointSpread(imaging, depth, field.mmPerPx);
    const gain = amplitudeOf(-imaging.attenuationDbPerCm * (depth / 10 - middleCm));
    const down = halfKernel(spread.axial).slice(0, PAD);
    return {
      across: halfKernel(spread.lateral)
        .slice(0, PAD)
        .map((one) => one * gain),
      down,
      noiseScale: 1 / Math.sqrt(kernelEnergy(down)),
    };
  });
}

/** Adds an echo to the grid, spread over 3×3 pixels by a quadratic spline: no place is favoured. */
function splatter({ width, height, echo }: Grid) {
  return (x: number, y: number, re: number, im: number): void => {
    const ix = Math.floor(x + 0.5);
    const iy = Math.floor(y + 0.5);
    if (ix < 1 || iy < 1 || ix >= width - 1 || iy >= height - 1) return;
    const fx = x - ix;
    const fy = y - iy;
    const x0 = 0.5 * (0.5 - fx) * (0.5 - fx);
    const x1 = 0.75 - fx * fx;
    const x2 = 0.5 * (0.5 + fx) * (0.5 + fx);
    let at = 2 * ((iy - 1) * width + ix - 1);
    for (let row = 0; row < 3; row++) {
      const w =
        row === 0 ? 0.5 * (0.5 - fy) * (0.5 - fy) : row === 1 ? 0.75 - fy * fy : 0.5 * (0.5 + fy) ** 2;
      const wr = w * re;
      const wi = w * im;
      echo[at] = (echo[at] ?? 0) + x0 * wr;
      echo[at + 1] = (echo[at + 1] ?? 0) + x0 * wi;
      echo[at + 2] = (echo[at + 2] ?? 0) + x1 * wr;
      echo[at + 3] = (echo[at + 3] ?? 0) + x1 * wi;
      echo[at + 4] = (echo[at + 4] ?? 0) + x2 * wr;
      echo[at + 5] = (echo[at + 5] ?? 0) + x2 * wi;
      at += 2 * width;
    }
  };
}

/** Lays scatterers on the grid where tissue now is, each with its phase. */
function layer(field: Field, grid: Grid, carrier: number) {
  const { lateral: mmX, axial: mmY } = field.mmPerPx;
  const cosine = Float32Array.from({ length: PHASES }, (_, i) => Math.cos((2 * Math.PI * i) / PHASES));
  const sine = Float32Array.from({ length: PHASES }, (_, i) => Math.sin((2 * Math.PI * i) / PHASES));
  const wander = textureOf(0x77616e64);
  const splat = splatter(grid);
  const moved = new Float64Array(2);
  return (scatterers: Scatterers, moment: Moment, salt: number, look: number) => {
    const { lateral, axial, strength, phases } = scatterers;
    const fixed = phases?.[look];
    const { motion, slip, renewals, elsewhere } = moment;
    const away = elsewhere.share * 0x1_0000_0000;
    const beyond = PAD * Math.max(mmX, mmY) + WANDER_MM;
    const wide = field.width * mmX + beyond;
    const deep = field.height * mmY + beyond;
    for (let i = 0; i < strength.length; i++) {
      let power = strength[i] ?? 0;
      if (power === 0) continue;
      motion(lateral[i] ?? 0, axial[i] ?? 0, moved);
      const u = (moved[0] ?? 0) + slip.lateral;
      let v = (moved[1] ?? 0) + slip.axial;
      // Most of the margin is never seen.
      if (u < -beyond || v < -beyond || u > wide || v > deep) continue;
      const mine = hash32(i, salt);
      const gone = away > 0 && hash32(mine, 7) < away;
      let phase = fixed?.[i] ?? 0;
      if (!fixed) {
        const generation = Math.floor(renewals + mine / 0x1_0000_0000);
        phase = hash32(mine, gone ? generation ^ elsewhere.speckle : generation) + carrier * v * PHASES;
        // Another plane has the same layers but other bundles: the echo of a scatterer at this depth elsewhere.
        if (gone) power = strength[(i + 1 + (mine & 127)) % strength.length] ?? 0;
      } else if (gone) {
        // And other septa: what mirrors here is dimmed there, and lies a little higher or lower.
        power *= 0.35 * (1 + wander(i / 40, elsewhere.depth));
        v += WANDER_MM * Math.min(1, v / 8) * wander(u / 14, elsewhere.depth + 60);
      }
      const turn = phase & (PHASES - 1);
      splat(u / mmX + PAD, v / mmY + PAD, power * (cosine[turn] ?? 0), power * (sine[turn] ?? 0));
    }
  };
}

function blurAcross({ width, height, echo, blurred }: Grid, rows: readonly Row[]): void {
  const stride = 2 * width;
  for (let y = 0; y < height; y++) {
    const kernel = rows[y]?.across ?? new Float32Array(1);
    const reach = 2 * (kernel.length - 1);
    const start = y * stride + reach;
    const end = (y + 1) * stride - reach;
    const middle = kernel[0] ?? 0;
    for (let i = start; i < end; i++) {
      let sum = middle * (echo[i] ?? 0);
      for (let k = 1, d = 2; d <= reach; k++, d += 2)
        sum += (kernel[k] ?? 0) * ((echo[i - d] ?? 0) + (echo[i + d] ?? 0));
      blurred[i] = sum;
    }
  }
}

/** Thermal noise of the receiver: through its filter along the beam, but through no beam. */
function addNoise(
  grid: Grid,
  rows: readonly Row[],
  table: Float32Array,
  amplitude: number,
  salt: number,
): void {
  const { width, height, blurred } = grid;
  const stride = 2 * width;
  for (let y = 0; y < height; y++) {
    const from = hash32(salt, y);
    const scale = amplitude * (rows[y]?.noiseScale ?? 1);
    const at = y * stride;
    for (let i = 0; i < stride; i++)
      blurred[at + i] = (blurred[at + i] ?? 0) + scale * (table[(from + i) & (NOISE_TABLE - 1)] ?? 0);
  }
}

function blurDown({ width, blurred, out }: Grid, rows: readonly Row[], field: Field): Float32Array {
  const stride = 2 * width;
  const wide = 2 * field.width;
  for (let y = 0; y < field.height; y++) {
    const kernel = rows[y + PAD]?.down ?? new Float32Array(1);
    const source = (y + PAD) * stride + 2 * PAD;
    const target = y * wide;
    const middle = kernel[0] ?? 0;
    for (let i = 0; i < wide; i++) {
      const at = source + i;
      let sum = middle * (blurred[at] ?? 0);
      for (let k = 1, d = stride; k < kernel.length; k++, d += stride)
        sum += (kernel[k] ?? 0) * ((blurred[at - d] ?? 0) + (blurred[at + d] ?? 0));
      out[target + i] = sum;
    }
  }
  return out;
}
