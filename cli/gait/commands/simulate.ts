import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type C3dContent, writeC3d } from '@rectus/c3d';
import {
  type Capture,
  CLEAN_CAPTURE,
  c3dOfTrial,
  SIMULATED_ADULT,
  simulateStanding,
  simulateWalk,
  speedOf,
  USUAL_CAPTURE,
  USUAL_WALK,
  type WalkPattern,
  withBackPain,
  withStiffKnee,
  withWeakPushOff,
} from '@rectus/gait';
import { say, UsageError } from '../../lib/console.ts';
import { writeResult } from '../../lib/write-result.ts';
import { numberOf } from '../flags.ts';
import { plain } from '../output/frames.ts';

/** Writes the trials of a simulated person. */
export async function simulateCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string' },
      walk: { type: 'string', default: 'usual' },
      side: { type: 'string', default: 'left' },
      trials: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      cadence: { type: 'string' },
      'step-length': { type: 'string' },
      clean: { type: 'boolean', default: false },
    },
  });
  const folder = values.out;
  if (folder === undefined) throw new UsageError('Name a folder with --out FOLDER.');
  const walk = patternOf(values);
  const seed = numberOf('seed', values.seed) ?? 1;
  const capture: Capture = { ...(values.clean ? CLEAN_CAPTURE : USUAL_CAPTURE), seed };
  const save = (name: string, content: C3dContent) => writeResult(join(folder, name), writeC3d(content));
  save(
    'standing.c3d',
    c3dOfTrial(simulateStanding(SIMULATED_ADULT, { ...capture, dropouts: CLEAN_CAPTURE.dropouts })),
  );
  const truths: object[] = [];
  for (let n = 1; n <= (numberOf('trials', values.trials) ?? 1); n++) {
    const firstSide = n % 2 === 1 ? 'left' : 'right';
    const trial = simulateWalk(SIMULATED_ADULT, walk, { ...capture, seed: seed + n, firstSide });
    const name = `walk${String(n).padStart(2, '0')}.c3d`;
    save(name, c3dOfTrial(trial));
    const { events, angles, platedSides, calibration } = trial.truth;
    truths.push({ trial: name, events, platedSides, calibration, angles });
  }
  const typed = (_: string, value: unknown) => (value instanceof Float64Array ? plain(value) : value);
  writeResult(join(folder, 'truth.json'), `${JSON.stringify({ walk, trials: truths }, typed)}\n`);
  say(
    `A simulated person walks at ${speedOf(walk).toFixed(2)} m/s. Nobody's measurements are in these files.`,
  );
}

function patternOf(values: {
  readonly walk: string;
  readonly side: string;
  readonly cadence?: string | undefined;
  readonly 'step-length'?: string | undefined;
}): WalkPattern {
  const stepLengthMm = numberOf('step-length', values['step-length']);
  const base: WalkPattern = {
    ...USUAL_WALK,
    cadencePerMin: numberOf('cadence', values.cadence) ?? USUAL_WALK.cadencePerMin,
    stepLengthMm: stepLengthMm ? { left: stepLengthMm, right: stepLengthMm } : USUAL_WALK.stepLengthMm,
  };
  const { side } = values;
  if (side !== 'left' && side !== 'right') throw new UsageError(`--side is left or right, not ${side}.`);
  if (values.walk === 'stiff-knee') return withStiffKnee(side, base);
  if (values.walk === 'weak-push-off') return withWeakPushOff(side, base);
  if (values.walk === 'back-pain') return withBackPain(side, 1, base);
  if (values.walk === 'back-pain-later') return withBackPain(side, 0.3, base);
  if (values.walk !== 'usual')
    throw new UsageError(
      `--walk is usual, stiff-knee, weak-push-off, back-pain or back-pain-later, not ${values.walk}.`,
    );
  return base;
}
