import { describe, expect, test } from 'vitest';
import { describeWith } from '../../testing/describe-with.ts';
import { recordingOfTrial, TRIALS_WITH_EVENTS, WALKS_TO_FIT, walksWithout } from '../../testing/events.ts';
import { hasSharedData } from '../../testing/shared-data.ts';
import { median } from '../signal/statistics.ts';
import { fitKinematicBias, kinematicErrorsS } from './bias.ts';
import { findEvents } from './find.ts';
import { type JudgedEvent, judgeEvents } from './judge.ts';
import { KINEMATIC_BIAS } from './kinematic-bias.ts';
import { plateContacts } from './plate-contacts.ts';

describeWith(hasSharedData(), 'events of real walks against those that their own program marked', () => {
  /** As a trial that was never seen before: without its marks, and with corrections fitted on the others. */
  const foundUnseen = (name: string) =>
    findEvents(recordingOfTrial(name), { vendor: false, bias: fitKinematicBias(walksWithout(name)) });
  const judged = (name: string) => judgeEvents(recordingOfTrial(name), foundUnseen(name).chosen);

  test.each([
    ['heel-braking', 'foot-strike', 8],
    ['zeni', 'foot-strike', 16],
    ['zeni', 'foot-off', 8],
    ['foot-velocity', 'foot-strike', 19],
    ['foot-velocity', 'foot-off', 10],
  ] as const)(
    '%s finds each %s, corrected by other walks, within %i ms in the median',
    (method, kind, most) => {
      const errors = WALKS_TO_FIT.flatMap((name) => {
        const bias = fitKinematicBias(walksWithout(name));
        return kinematicErrorsS(recordingOfTrial(name), method, kind, bias).map((error) =>
          Math.abs(1000 * error),
        );
      });
      const [middle, worst] = [median(errors).toFixed(1), Math.max(...errors).toFixed(0)];
      say(`${method}, ${kind}: n ${errors.length}, median |error| ${middle} ms, worst ${worst} ms\n`);
      expect(errors.length).toBeGreaterThanOrEqual(18);
      expect(median(errors)).toBeLessThan(most);
    },
  );

  test('the corrections in use are those fitted on all walks, to a millisecond', () => {
    const fitted = fitKinematicBias(WALKS_TO_FIT.map(recordingOfTrial));
    for (const method of ['heel-braking', 'zeni', 'foot-velocity'] as const)
      for (const kind of ['foot-strike', 'foot-off'] as const)
        expect(Math.abs(fitted[method][kind] - KINEMATIC_BIAS[method][kind])).toBeLessThan(0.001);
  });

  test('what is chosen without the marks is within 10 ms of them in the median', () => {
    const errors = TRIALS_WITH_EVENTS.flatMap((name) => {
      say(`\n${name}\n${table(judged(name))}`);
      return judged(name).flatMap(({ errorS }) => (errorS === null ? [] : Math.abs(1000 * errorS)));
    });
    say(`\nall: n ${errors.length}, median |error| ${median(errors).toFixed(1)} ms\n`);
    expect(median(errors)).toBeLessThanOrEqual(10);
    expect(Math.max(...errors)).toBeLessThan(30);
  });

  test('only events at the very ends of a recording are missed', () => {
    for (const name of TRIALS_WITH_EVENTS) {
      const { firstTimeS, frames, rateHz } = recordingOfTrial(name);
      const endS = firstTimeS + (frames - 1) / rateHz;
      for (const { vendor, errorS } of judged(name))
        if (errorS === null)
          expect(Math.min(vendor.timeS - firstTimeS, endS - vendor.timeS)).toBeLessThan(0.1);
    }
  });

  test('a whole strike on a plate is within 10 ms of the marked one', () => {
    for (const name of TRIALS_WITH_EVENTS) {
      const strikes = judged(name).filter(
        ({ found }) => found?.source === 'force-plate' && found.kind === 'foot-strike',
      );
      expect(strikes.length).toBeGreaterThan(0);
      for (const { errorS } of strikes) expect(Math.abs(errorS ?? Number.NaN)).toBeLessThan(0.01);
    }
  });

  test('a heel or toes beside the plate make a partial hit, which stays a candidate', () => {
    const { contacts, candidates } = foundUnseen('PiG_Motion-FlatFoot-Full.c3d');
    expect(contacts[0]).toMatchObject({ side: 'right', strikeWhole: false, offWhole: true, whole: false });
    expect(contacts[0]?.faults).toEqual(['the heel stands beside the plate']);
    expect(candidates.filter(({ usable }) => !usable)).toMatchObject([
      { source: 'force-plate', kind: 'foot-strike', plate: 0, confidence: 'low' },
    ]);
    const one = plateContacts(recordingOfTrial('PiG_Motion-FlatFoot-One.c3d'));
    expect(one.map(({ faults }) => faults)).toEqual([[], ['the toes stand beside the plate']]);
  });

  test('feet are named rightly on three plates one after the other', () => {
    const contacts = plateContacts(recordingOfTrial('PiG_Motion3_FF.c3d'));
    expect(contacts.map(({ side, whole }) => [side, whole])).toEqual([
      ['left', true],
      ['right', true],
      ['left', true],
    ]);
  });

  test('events that the recording brought are honoured to the instant', () => {
    for (const name of TRIALS_WITH_EVENTS) {
      const recording = recordingOfTrial(name);
      const { chosen, candidates } = findEvents(recording);
      expect(chosen.every(({ source }) => source === 'vendor')).toBe(true);
      expect(chosen.length).toBe(recording.events.length);
      expect(candidates.length).toBeGreaterThan(2 * chosen.length);
    }
  });
});

function say(text: string): void {
  process.stdout.write(text);
}

function table(judged: readonly JudgedEvent[]): string {
  const line = ({ vendor, found, errorS }: JudgedEvent): string => {
    const marked = `${vendor.side.padEnd(5)} ${vendor.kind.padEnd(11)} ${vendor.timeS.toFixed(3).padStart(7)} s`;
    const error = errorS === null ? '' : `${(1000 * errorS).toFixed(0).padStart(5)} ms`;
    return `  ${marked}  ${(found?.source ?? 'missed').padEnd(13)}${error}`;
  };
  return `${judged.map(line).join('\n')}\n`;
}
