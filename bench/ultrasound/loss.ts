import { blockScene, createTracker, drawingInScene, makePhantom, muscleScene } from '@rectus/sonography';
import { printTable, round } from '../lib/report.ts';
import { errorsOn, gridOver } from './errors.ts';
import type { Group } from './group.ts';

const WITHIN_FRAMES = 3;
/** At rest, and while the muscle moves: first frame out of the plane, first frame back. */
const EPISODES = [
  [4, 12],
  [30, 34],
] as const;

/** Whether tilting out of the plane is noticed, and whether anything is called lost that is in plain sight. */
export const measureLoss: Group = async ({ small }) => {
  const scenes = {
    block: blockScene({ lateralMm: 3, axialMm: 1.5 }),
    muscle: muscleScene(),
    'drawing in': drawingInScene(),
  };
  const size = small ? { width: 320, height: 240 } : {};
  const rows: [string, string, string][] = [];
  let episodes = 0;
  let flagged = 0;
  let visible = 0;
  let falselyLost = 0;
  for (const [name, scene] of Object.entries(scenes).slice(0, small ? 1 : 3)) {
    const options = { ...size, scene, snrDb: 20, correlation: 0.95, speckle: 'returns' as const };
    const steady = errorsOn(options, (phantom) => gridOver(phantom, 120));
    visible += steady.visible;
    falselyLost += steady.falselyLost;
    rows.push([
      name,
      `${((100 * steady.falselyLost) / steady.visible).toFixed(2)} %`,
      'called lost in plain sight',
    ]);
    for (const [from, to] of EPISODES) {
      const tilted = tilt({ ...options, planeLosses: [{ from, to }] }, from, to);
      episodes += tilted.marks;
      flagged += tilted.flagged;
      rows.push([
        `${name}, out of the plane in frames ${from} to ${to - 1}`,
        `${((100 * tilted.flagged) / tilted.marks).toFixed(1)} %`,
        `noticed; found again by the end: ${((100 * tilted.back) / tilted.marks).toFixed(0)} %`,
      ]);
    }
  }
  printTable(`Loss; leaving the plane is to be noticed within ${WITHIN_FRAMES} frames (20 dB, ρ 0.95)`, rows);
  return { lostRecall: round(flagged / episodes, 4), falseLostRate: round(falselyLost / visible, 4) };
};

function tilt(options: Parameters<typeof makePhantom>[0], from: number, to: number) {
  const phantom = makePhantom(options);
  const marks = gridOver(phantom, 120);
  const bounds = phantom.clip.regions[0];
  const tracker = createTracker(phantom.frameAt(0), marks, { ...(bounds && { bounds }), mostSupports: 0 });
  let noticed: boolean[] = [];
  let back = 0;
  for (let frame = 1; frame < phantom.clip.frameCount; frame++) {
    const states = tracker.step(phantom.frameAt(frame));
    // Lost in the third frame of the episode, and in all the rest of it.
    if (frame >= from + WITHIN_FRAMES - 1 && frame < to)
      noticed = states.map(({ lost }, n) => lost && (noticed[n] ?? true));
    back = states.filter(({ lost }) => !lost).length;
  }
  return { marks: marks.length, flagged: noticed.filter(Boolean).length, back };
}
