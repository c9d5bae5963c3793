import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LumaFrame } from '../clip.ts';
import { SonographyError } from '../sonography-error.ts';
import { type PointPx, px } from '../units.ts';
import {
  blockScene,
  drawingInScene,
  interRectiScene,
  makePhantom,
  muscleScene,
  type Phantom,
  type PhantomOptions,
  tearScene,
} from './index.ts';

const SMALL = { width: 240, height: 200, mmPerPx: 0.09 } as const;
const EVEN = { attenuationDbPerCm: 0 } as const;
const at = (x: number, y: number): PointPx => ({ x: px(x), y: px(y) });

/** Sums over the complex echo: powers, the product of two echoes, the mean envelope. */
function compare(a: Float32Array, b: Float32Array) {
  let [powerA, powerB, product, difference, envelope] = [0, 0, 0, 0, 0];
  const count = a.length / 2;
  for (let i = 0; i < a.length; i += 2) {
    const [ar, ai, br, bi] = [a[i] ?? 0, a[i + 1] ?? 0, b[i] ?? 0, b[i + 1] ?? 0];
    powerA += ar * ar + ai * ai;
    powerB += br * br + bi * bi;
    product += ar * br + ai * bi;
    difference += (ar - br) ** 2 + (ai - bi) ** 2;
    envelope += Math.hypot(ar, ai);
  }
  const mean = envelope / count;
  return {
    power: powerA / count,
    correlation: product / Math.sqrt(powerA * powerB),
    snrDb: 10 * Math.log10(powerA / difference),
    variation: Math.sqrt(powerA / count - mean * mean) / mean,
  };
}

/** Where a patch of one frame lies in another: every whole shift tried, the best one refined by parabolas. */
function register(from: LumaFrame, to: LumaFrame, place: PointPx, guess: PointPx, half = 12): PointPx {
  const [cx, cy] = [Math.round(place.x), Math.round(place.y)];
  const [gx, gy] = [Math.round(guess.x - place.x), Math.round(guess.y - place.y)];
  const score = (dx: number, dy: number) => {
    let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
    for (let y = -half; y <= half; y++)
      for (let x = -half; x <= half; x++) {
        const p = from.luma[(cy + y) * from.width + cx + x] ?? 0;
        const q = to.luma[(cy + y + dy) * to.width + cx + x + dx] ?? 0;
        n++;
        a += p;
        b += q;
        aa += p * p;
        bb += q * q;
        ab += p * q;
      }
    return (ab - (a * b) / n) / Math.sqrt((aa - (a * a) / n) * (bb - (b * b) / n));
  };
  let best = { dx: 0, dy: 0, value: -2 };
  for (let dy = gy - 5; dy <= gy + 5; dy++)
    for (let dx = gx - 5; dx <= gx + 5; dx++) {
      const value = score(dx, dy);
      if (value > best.value) best = { dx, dy, value };
    }
  const peak = (before: number, middle: number, after: number) =>
    (before - after) / (2 * (before - 2 * middle + after));
  const x = best.dx + peak(score(best.dx - 1, best.dy), best.value, score(best.dx + 1, best.dy));
  const y = best.dy + peak(score(best.dx, best.dy - 1), best.value, score(best.dx, best.dy + 1));
  return at(place.x + x, place.y + y);
}

function there(phantom: Phantom, frame: number, place: PointPx): PointPx {
  const found = phantom.truth.at(frame, place);
  if (found === 'lost') throw new Error(`lost in frame ${frame}`);
  return found;
}

/** Places spread over the field, away from its edges. */
function spread(phantom: Phantom, columns: number, rows: number): PointPx[] {
  const region = phantom.clip.regions[0];
  if (!region) return [];
  const places: PointPx[] = [];
  for (let i = 1; i <= columns; i++)
    for (let j = 1; j <= rows; j++)
      places.push(
        at(
          Math.round(region.left + (i * (region.right - region.left)) / (columns + 1)),
          Math.round(region.top + (j * (region.bottom - region.top)) / (rows + 1)),
        ),
      );
  return places;
}

describe('speckle of a phantom', () => {
  test('has the envelope of fully developed speckle: deviation over mean is 0.52', () => {
    const phantom = makePhantom({ scene: blockScene(), imaging: EVEN });
    const echo = phantom.echoAt(0, false);
    const { variation, power } = compare(echo, echo);
    expect(variation).toBeGreaterThan(0.5);
    expect(variation).toBeLessThan(0.545);
    expect(power).toBeGreaterThan(0.95);
    expect(power).toBeLessThan(1.05);
  });

  test('stands above the noise by the decibels that were asked', () => {
    for (const snrDb of [3, 10, 20, 30]) {
      const phantom = makePhantom({ scene: blockScene(), ...SMALL, snrDb, imaging: EVEN });
      expect(Math.abs(compare(phantom.echoAt(0, false), phantom.echoAt(0)).snrDb - snrDb)).toBeLessThan(0.4);
    }
  });

  test('keeps the correlation that was asked from one frame to the next, and loses it steadily', () => {
    for (const correlation of [0.8, 0.9, 0.95, 0.99]) {
      const phantom = makePhantom({
        scene: blockScene(),
        ...{ width: 400, height: 400, mmPerPx: 0.09 },
        correlation,
        imaging: EVEN,
      });
      const first = phantom.echoAt(0, false);
      for (const frame of [1, 3]) {
        const found = compare(first, phantom.echoAt(frame, false)).correlation;
        expect(Math.abs(found - (1 - frame * (1 - correlation)))).toBeLessThan(0.03);
      }
    }
  });

  test('comes back with the muscle where it is asked to return', () => {
    const phantom = makePhantom({
      scene: blockScene(),
      ...SMALL,
      correlation: 0.9,
      speckle: 'returns',
      contraction: { onsetFrames: 6, releaseFrames: 6 },
    });
    const { onset, peak } = phantom.truth.phases[0] ?? { onset: 0, peak: 0 };
    const last = phantom.clip.frameCount - 1;
    const rest = phantom.echoAt(onset, false);
    expect(compare(rest, phantom.echoAt(last, false)).correlation).toBeGreaterThan(0.999);
    expect(compare(rest, phantom.echoAt(peak, false)).correlation).toBeLessThan(0.7);
  });

  test('is another one while the probe is out of the plane, and what moved there is lost', () => {
    const phantom = makePhantom({ scene: blockScene(), ...SMALL, planeLosses: [{ from: 4, to: 8 }] });
    const first = phantom.echoAt(0, false);
    const likeness = [3, 4, 5, 6, 7, 8].map(
      (frame) => compare(first, phantom.echoAt(frame, false)).correlation,
    );
    expect(likeness[0]).toBeGreaterThan(0.999);
    expect(likeness[1]).toBeLessThan(0.6);
    for (const value of likeness.slice(2, 5)) expect(Math.abs(value)).toBeLessThan(0.12);
    expect(likeness[5]).toBeGreaterThan(0.999);
    expect([...phantom.truth.outOfPlane.slice(3, 9)]).toEqual([0, 1, 1, 1, 1, 0]);
    expect(phantom.truth.at(5, at(120, 100))).toBe('lost');
  });

  test('can rest in another plane, whose own speckle then stays', () => {
    const planeLosses = [{ from: 4, to: 9, settles: true }];
    const phantom = makePhantom({ scene: blockScene(), ...SMALL, planeLosses });
    const [first, there, later] = [0, 5, 8].map((frame) => phantom.echoAt(frame, false));
    if (!first || !there || !later) return;
    expect(Math.abs(compare(first, there).correlation)).toBeLessThan(0.12);
    expect(compare(there, later).correlation).toBeGreaterThan(0.999);
    expect(phantom.truth.at(8, at(120, 100))).toBe('lost');
  });

  test('is coarser away from the focus', () => {
    const phantom = makePhantom({ scene: blockScene(), imaging: { ...EVEN, focusMm: 5, focalZoneMm: 8 } });
    const region = phantom.clip.regions[0];
    const wide = (region?.right ?? 0) - (region?.left ?? 0) + 1;
    const echo = phantom.echoAt(0, false);
    const likeness = (from: number, to: number) => {
      const rows = echo.subarray(2 * wide * from, 2 * wide * to);
      return compare(rows.subarray(0, -8), rows.subarray(8)).correlation;
    };
    expect(likeness(330, 400)).toBeGreaterThan(likeness(40, 110) + 0.1);
  });
});

describe('a phantom', () => {
  test('is the same for the same seed, in whatever order its frames are asked for', () => {
    const options: PhantomOptions = {
      scene: muscleScene(),
      width: 160,
      height: 140,
      correlation: 0.9,
      seed: 7,
    };
    const [one, two] = [makePhantom(options), makePhantom(options)];
    two.frameAt(20);
    for (const frame of [9, 3])
      expect(Buffer.compare(one.frameAt(frame).luma, two.frameAt(frame).luma)).toBe(0);
    const other = makePhantom({ ...options, seed: 8 });
    expect(Buffer.compare(one.frameAt(3).luma, other.frameAt(3).luma)).not.toBe(0);
  });

  test('refuses frames that it has not, and options that make no sense', () => {
    const phantom = makePhantom({ scene: blockScene(), ...SMALL });
    expect(() => phantom.frameAt(-1)).toThrow(SonographyError);
    expect(() => phantom.frameAt(phantom.clip.frameCount)).toThrow(/frames 0 to/);
    expect(() => makePhantom({ scene: blockScene(), correlation: 1.2 })).toThrow(SonographyError);
    expect(() => makePhantom({ scene: blockScene(), mmPerPx: 0 })).toThrow(SonographyError);
    expect(() => makePhantom({ scene: blockScene(), activation: [0.5] })).toThrow(/at rest/);
    const bad: Partial<PhantomOptions>[] = [
      { contraction: { count: 0 } },
      { imaging: { looks: 0 } },
      { imaging: { focusMm: Number.NaN } },
      { planeLosses: [{ from: 0, to: 3 }] },
      { slips: [{ frame: 0, lateralMm: 1, axialMm: 0 }] },
      { width: 20 },
      { frameRate: 0 },
      { scene: tearScene({ retractionMm: Number.NaN }) },
    ];
    for (const options of bad)
      expect(() => makePhantom({ scene: blockScene(), ...options })).toThrow(SonographyError);
  });

  test('moves by what was put in, to a twentieth of a pixel, as brute-force correlation finds', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.25, max: 0.25 }),
        fc.double({ min: -0.25, max: 0.25 }),
        (lateralMm, axialMm) => {
          const scene = blockScene({ lateralMm, axialMm });
          const phantom = makePhantom({
            scene,
            ...SMALL,
            snrDb: Number.POSITIVE_INFINITY,
            activation: [0, 1],
            imaging: { ...EVEN, focalZoneMm: 1000, pulseGrowthPerCm: 0 },
          });
          const [first, second] = [phantom.frameAt(0), phantom.frameAt(1)];
          const errors = spread(phantom, 3, 3).flatMap((place) => {
            const truth = there(phantom, 1, place);
            const found = register(first, second, place, place);
            return [found.x - truth.x, found.y - truth.y];
          });
          const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
          expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.2);
          expect(mean(errors.map(Math.abs))).toBeLessThan(0.05);
        },
      ),
      { numRuns: 6 },
    );
  });

  test('slips with the probe, and stays slipped', () => {
    const slips = [{ frame: 3, frames: 2, lateralMm: 0.45, axialMm: -0.18 }];
    const phantom = makePhantom({ scene: blockScene(), ...SMALL, snrDb: Number.POSITIVE_INFINITY, slips });
    const place = at(120, 110);
    expect(there(phantom, 2, place).x).toBe(120);
    expect(there(phantom, 3, place).x).toBeCloseTo(122.5, 9);
    for (const frame of [4, 9]) expect(there(phantom, frame, place).x).toBeCloseTo(125, 9);
    const found = register(phantom.frameAt(0), phantom.frameAt(6), place, place);
    expect(found.x).toBeCloseTo(125, 0);
    expect(Math.abs(found.y - 108)).toBeLessThan(0.15);
  });
});

const SCENES = {
  muscle: muscleScene(),
  tear: tearScene(),
  'drawing-in': drawingInScene(),
  'inter-recti': interRectiScene(),
};

describe.each(Object.entries(SCENES))('the scene of %s', (_name, scene) => {
  const phantom = makePhantom({ scene, width: 400, height: 320, snrDb: Number.POSITIVE_INFINITY });
  const { peak, onset } = phantom.truth.phases[0] ?? { peak: 0, onset: 0 };

  test('has not moved at rest', () => {
    const motion = scene.motionAt(0);
    const out = new Float64Array(2);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        (u, v) => {
          motion(u, v, out);
          expect(out[0]).toBeCloseTo(u, 9);
          expect(out[1]).toBeCloseTo(v, 9);
        },
      ),
    );
  });

  test('moves nothing farther than 4 px from one frame to the next', () => {
    const middle = Math.round((onset + peak) / 2);
    for (const place of spread(phantom, 24, 24))
      for (const frame of [middle - 1, middle, middle + 1]) {
        const [a, b] = [phantom.truth.at(frame, place), phantom.truth.at(frame + 1, place)];
        if (a === 'lost' || b === 'lost') continue;
        expect(Math.hypot(b.x - a.x, b.y - a.y)).toBeLessThan(4.05);
      }
  });

  test('shows its tissue where the truth says, as correlation of one frame with the next finds', () => {
    const frame = Math.round((onset + peak) / 2);
    const [a, b] = [phantom.frameAt(frame), phantom.frameAt(frame + 1)];
    const errors = spread(phantom, 7, 5).flatMap((place) => {
      const before = phantom.truth.at(frame, place);
      const after = phantom.truth.at(frame + 1, place);
      if (before === 'lost' || after === 'lost' || before.x < 40 || before.x > 360 || before.y > 290)
        return [];
      const from = at(Math.round(before.x), Math.round(before.y));
      const found = register(a, b, from, from, 8);
      return [Math.hypot(found.x - from.x - (after.x - before.x), found.y - from.y - (after.y - before.y))];
    });
    errors.sort((x, y) => x - y);
    expect(errors.length).toBeGreaterThan(14);
    expect(errors[errors.length >> 1]).toBeLessThan(0.2);
  });
});

describe('the measures of a scene', () => {
  const scale = (phantom: Phantom) => phantom.clip.regions[0]?.scale?.lateral ?? Number.NaN;
  const landmark = (phantom: Phantom, name: string, frame: number) => {
    const place = phantom.truth.landmarks[name];
    if (!place) throw new Error(`no ${name}`);
    return there(phantom, frame, place);
  };
  const each = (phantom: Phantom) => Array.from({ length: phantom.clip.frameCount }, (_, frame) => frame);

  test('the gap of a tear is what lies between its ends in every frame: closed at rest, 14.8 mm at the peak', () => {
    const phantom = makePhantom({ scene: tearScene(), contraction: { count: 2 } });
    for (const frame of each(phantom)) {
      const [a, b] = [landmark(phantom, 'proximal end', frame), landmark(phantom, 'distal end', frame)];
      expect((b.x - a.x) * scale(phantom)).toBeCloseTo(phantom.truth.series.gapMm?.[frame] ?? 0, 4);
    }
    const peaks = phantom.truth.phases.map(({ peak }) => phantom.truth.series.gapMm?.[peak]);
    expect(peaks).toEqual([14.8, 14.8]);
    expect(phantom.truth.series.gapMm?.[0]).toBe(0.8);
  });

  test('the gap is dark when it is open, and not darker than muscle when it is closed', () => {
    const phantom = makePhantom({ scene: tearScene(), width: 400, height: 320 });
    const brightness = (frame: number) => {
      const [a, b] = [landmark(phantom, 'proximal end', frame), landmark(phantom, 'distal end', frame)];
      const { luma, width } = phantom.frameAt(frame);
      let [sum, n] = [0, 0];
      for (let y = -8; y <= 8; y++)
        for (let x = Math.ceil(a.x + 3); x < Math.max(a.x + 5, b.x - 3); x++) {
          sum += luma[Math.round(a.y + y) * width + x] ?? 0;
          n++;
        }
      return sum / n;
    };
    expect(brightness(phantom.truth.phases[0]?.peak ?? 0)).toBeLessThan(18);
    expect(brightness(0)).toBeGreaterThan(35);
  });

  test('transversus thickens by its ratio, between its borders', () => {
    const phantom = makePhantom({ scene: drawingInScene({ transversusMm: 4, activationRatio: 1.75 }) });
    for (const frame of each(phantom)) {
      const [a, b] = ['outer', 'inner'].map((side) =>
        landmark(phantom, `transversus, ${side} border`, frame),
      );
      const thickness = ((b?.y ?? 0) - (a?.y ?? 0)) * scale(phantom);
      expect(thickness).toBeCloseTo(phantom.truth.series.transversusMm?.[frame] ?? 0, 6);
    }
    expect(phantom.truth.series.transversusMm?.[phantom.truth.phases[0]?.peak ?? 0]).toBe(7);
  });

  test('the inter-recti distance narrows or widens as asked, between the edges', () => {
    for (const peakMm of [22.8, 31.5]) {
      const phantom = makePhantom({ scene: interRectiScene({ restMm: 27, peakMm }) });
      for (const frame of each(phantom)) {
        const [a, b] = [landmark(phantom, 'left edge', frame), landmark(phantom, 'right edge', frame)];
        expect((b.x - a.x) * scale(phantom)).toBeCloseTo(phantom.truth.series.interRectiMm?.[frame] ?? 0, 6);
      }
    }
  });

  test('pennation and fascicle length of a muscle are those of its moved lines', () => {
    const phantom = makePhantom({ scene: muscleScene() });
    const { series } = phantom.truth;
    for (const frame of each(phantom)) {
      const [low, high] = ['lower', 'upper'].map((end) => landmark(phantom, `fascicle, ${end} end`, frame));
      const angle =
        (Math.atan2((low?.y ?? 0) - (high?.y ?? 0), (high?.x ?? 0) - (low?.x ?? 0)) * 180) / Math.PI;
      expect(angle).toBeCloseTo(series.fascicleAngleDeg?.[frame] ?? 0, 6);
      const pennation = angle - (series.deepAngleDeg?.[frame] ?? 0);
      expect(pennation).toBeCloseTo(series.pennationDeg?.[frame] ?? 0, 6);
    }
    const peak = phantom.truth.phases[0]?.peak ?? 0;
    expect(series.fascicleLengthMm?.[peak]).toBeLessThan(0.9 * (series.fascicleLengthMm?.[0] ?? 0));
    expect(series.pennationDeg?.[peak]).toBeGreaterThan(3 + (series.pennationDeg?.[0] ?? 0));
    expect(series.thicknessMm?.[peak]).toBeGreaterThan(series.thicknessMm?.[0] ?? 0);
  });
});
