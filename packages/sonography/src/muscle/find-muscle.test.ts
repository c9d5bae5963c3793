import { describe, expect, test } from 'vitest';
import { normally } from '../../testing/measuring.ts';
import {
  DISGUISES,
  MM_PER_PX,
  muscleStill,
  observedMuscles,
  regionOfStill,
  resized,
  rootMeanSquare,
} from '../../testing/muscle-stills.ts';
import { describeWith, hasUltrasoundData } from '../../testing/shared-data.ts';
import type { LumaFrame } from '../clip.ts';
import { measureArchitecture } from '../measure/architecture.ts';
import { makePhantom, muscleScene } from '../phantom/index.ts';
import { findMuscle } from './find-muscle.ts';
import { findImageArea } from './image-area.ts';

function measured(frame: LumaFrame, mmPerPx = MM_PER_PX) {
  const muscle = findMuscle(frame, { scale: { lateral: mmPerPx, axial: mmPerPx } });
  if (!muscle.found) throw new Error(`not found: ${muscle.message}`);
  return measureArchitecture([regionOfStill(frame, mmPerPx)], muscle.lines, muscle.area);
}

function picture(width: number, height: number, luma: (x: number, y: number) => number): LumaFrame {
  return {
    width,
    height,
    luma: Uint8Array.from({ length: width * height }, (_, at) =>
      Math.min(255, Math.max(0, luma(at % width, Math.floor(at / width)))),
    ),
  };
}

describeWith(hasUltrasoundData(), 'muscles that observers measured by hand', () => {
  const observed = observedMuscles();

  test('a fifth of them measure as the mean of the observers, within the aims', () => {
    const some = observed.filter((_, at) => at % 5 === 1);
    const pairs = some.map((seen) => ({ seen, own: measured(muscleStill(seen.name)) }));
    const off = (of: (pair: (typeof pairs)[0]) => number) => rootMeanSquare(pairs.map(of));
    expect(off(({ seen, own }) => own.pennation.value - seen.pennationDeg)).toBeLessThan(2.5);
    expect(off(({ seen, own }) => own.fascicleLength.value - seen.fascicleLengthMm)).toBeLessThan(5.2);
    expect(off(({ seen, own }) => own.thickness.value - seen.thicknessMm)).toBeLessThan(0.5);
  });

  test.each(['mirrored', 'over-gained', 'cropped'] as const)(
    'a %s picture measures as the plain one',
    (name) => {
      const plain = muscleStill('gastroc_range_of_motion_512.png');
      const [own, changed] = [measured(plain), measured(DISGUISES[name](plain))];
      expect(Math.abs(changed.pennation.value - own.pennation.value)).toBeLessThan(1.5);
      expect(Math.abs(changed.thickness.value - own.thickness.value)).toBeLessThan(0.5);
    },
  );

  test.each([0.5, 1.5])('a picture at %f of its size measures as the plain one', (factor) => {
    const plain = muscleStill('gastroc_range_of_motion_242.png');
    const [own, changed] = [measured(plain), measured(resized(plain, factor), MM_PER_PX / factor)];
    expect(Math.abs(changed.pennation.value - own.pennation.value)).toBeLessThan(1);
    expect(Math.abs(changed.thickness.value - own.thickness.value)).toBeLessThan(0.3);
  });

  test('without a scale the same lines are found', () => {
    const plain = muscleStill('gastroc_range_of_motion_242.png');
    const own = measured(plain);
    const blind = findMuscle(plain);
    if (!blind.found) throw new Error(blind.message);
    const { pennation } = measureArchitecture([regionOfStill(plain)], blind.lines, blind.area);
    expect(Math.abs(pennation.value - own.pennation.value)).toBeLessThan(1);
  });

  test('the picture lies where the machine put it, without rulers and names', () => {
    const area = findImageArea(muscleStill('gastroc_range_of_motion_512.png'));
    expect(area).toEqual({ left: 111, top: 60, right: 688, bottom: 520 });
  });

  test('a person may move a line, and the measure follows', () => {
    const still = muscleStill('gastroc_range_of_motion_512.png');
    const muscle = findMuscle(still, { scale: { lateral: MM_PER_PX, axial: MM_PER_PX } });
    if (!muscle.found) throw new Error(muscle.message);
    const { lines, area } = muscle;
    const lower = { ...lines, deep: lines.deep.map((at) => ({ ...at, y: (at.y + 20) as typeof at.y })) };
    const [before, after] = [lines, lower].map((own) =>
      measureArchitecture([regionOfStill(still)], own, area),
    );
    const deeper = (after?.thickness.value ?? 0) - (before?.thickness.value ?? 0);
    expect(deeper).toBeGreaterThan(10 * MM_PER_PX);
    expect(deeper).toBeLessThan(25 * MM_PER_PX);
  });
});

describe('the muscle phantom', () => {
  test.each([
    [16, -3, -4, 19],
    [35, 4, 3, 15],
  ])(
    'with fascicles at %d° is found and measured',
    async (fascicleAngleDeg, superficialAngleDeg, deepAngleDeg, heightMm) => {
      const scene = muscleScene({ fascicleAngleDeg, superficialAngleDeg, deepAngleDeg, heightMm });
      const { clip } = makePhantom({ scene, activation: [0] });
      const muscle = findMuscle(
        await clip.frame(0),
        clip.regions[0]?.scale ? { scale: clip.regions[0].scale } : {},
      );
      if (!muscle.found) throw new Error(muscle.message);
      const own = measureArchitecture(clip.regions, muscle.lines, muscle.area);
      expect(Math.abs(own.fascicleAngle.value - fascicleAngleDeg)).toBeLessThan(2);
      expect(Math.abs(own.aponeurosisAngle.value - superficialAngleDeg)).toBeLessThan(0.7);
    },
  );
});

describe('where there is no muscle', () => {
  const random = normally(3);

  test.each([
    ['black', picture(640, 480, () => 0), 'no-picture'],
    ['a gradient', picture(640, 480, (_, y) => y / 2), 'no-picture'],
    ['one pixel', picture(1, 1, () => 9), 'no-picture'],
    ['noise', picture(640, 480, () => 100 + 60 * random()), 'no-aponeuroses'],
    [
      'stripes alone',
      picture(640, 480, (x, y) => 128 + 100 * Math.sin((x + 2 * y) / 5) + 10 * random()),
      'no-aponeuroses',
    ],
  ])('nothing is found in %s, and it is said why', (_, frame, reason) => {
    expect(findMuscle(frame)).toMatchObject({ found: false, reason });
  });

  test('bands without fibres between them are told as bands alone', () => {
    const frame = picture(640, 480, (x, y) => {
      const band = [120, 330].some((at) => Math.abs(y - at - x / 40) < 8) ? 150 : 0;
      return 50 + band + 20 * random();
    });
    const muscle = findMuscle(frame, { scale: { lateral: 0.08, axial: 0.08 } });
    expect(muscle).toMatchObject({ found: false, reason: 'no-fascicles' });
    expect(!muscle.found && muscle.aponeuroses?.deep).toHaveLength(5);
  });

  test('a scale of nought is refused', () => {
    const frame = picture(200, 200, () => 100 + 60 * random());
    expect(() => findMuscle(frame, { scale: { lateral: 0, axial: 1 } })).toThrow('scale');
  });
});
