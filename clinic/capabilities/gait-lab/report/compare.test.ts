import { SIDES, withStiffKnee } from '@rectus/gait';
import { describe, expect, it } from 'vitest';
import { simulatedReport } from '../testing/simulated-session.ts';
import { chosenSessions, withLastTime } from './earlier-sessions.ts';
import { strideRowsOf } from './stride-rows.ts';
import { viewOfComparison } from './view-of-comparison.ts';

const [stiff, usual, again] = [
  simulatedReport(withStiffKnee('left'), 1),
  simulatedReport(undefined, 11),
  simulatedReport(undefined, 21),
];
const walk = (report: typeof stiff, day: string, at: number) => ({ report, day, at });
const view = viewOfComparison(walk(again, 'March', 3), [
  walk(usual, 'February', 2),
  walk(stiff, 'January', 1),
]);

describe('sessions side by side', () => {
  it('stand in the order of time, this session last, each with its letter', () => {
    expect(view.sessions.map(({ letter, day, isThis }) => [letter, day, isThis])).toEqual([
      ['A', 'January', false],
      ['B', 'February', false],
      ['C', 'March', true],
    ]);
  });

  it('tell what exceeds the error since the first, and that nothing does since the one before', () => {
    const knee = view.curves.find(({ id }) => id === 'knee.flexion');
    expect(knee?.left?.means.length).toBe(3);
    expect(knee?.left?.sinceLast).toEqual([]);
    expect(knee?.left?.sinceFirst.length).toBeGreaterThan(0);
    expect(knee?.right?.sinceFirst).toEqual([]);
  });

  it('follow the key values: the knee that bends again, with what a change needs', () => {
    const trend = view.trends.find(({ name }) => name === 'Knee, greatest flexion in swing');
    const left = trend?.lines.find(({ side }) => side === 'left');
    expect(trend?.bars).toBe('between-sessions');
    expect(left?.sinceLast?.verdict).toBe('alike');
    expect(left?.sinceFirst).toMatchObject({ verdict: 'beyond' });
    expect(left?.sinceFirst?.needs).toBeGreaterThanOrEqual(5);
    expect(left?.sinceFirst?.difference).toBeGreaterThan(10);
  });

  it('never call a change of speed more than error, of which nothing is published', () => {
    const speed = view.trends.find(({ name }) => name === 'Walking speed');
    expect(speed?.lines.map(({ side }) => side)).toEqual([null]);
    for (const line of speed?.lines ?? []) expect(line.sinceFirst?.verdict).not.toBe('beyond');
  });

  it('leave out scores that no session has', () => {
    expect(view.trends.map(({ name }) => name)).not.toContain('Gait Deviation Index');
  });

  it('show nothing since the first where there are but two', () => {
    const two = viewOfComparison(walk(usual, 'February', 2), [walk(stiff, 'January', 1)]);
    expect(two.trends.flatMap(({ lines }) => lines.map((line) => line.sinceFirst))).toEqual(
      two.trends.flatMap(({ lines }) => lines.map(() => null)),
    );
  });
});

describe('the choice of sessions', () => {
  const session = (studyId: string, takenAt: number, resultId = `${studyId} result`) => ({
    ...{ studyId, takenAt, resultId },
  });
  const offered = [5, 4, 3, 2, 1].map((at) => session(`study ${at}`, at));

  it('begins with the last three, takes what is ticked, and none where none is', () => {
    const idsOf = (chosen: readonly string[] | null) =>
      chosenSessions(offered, chosen, offered).map(({ takenAt }) => takenAt);
    expect(idsOf(null)).toEqual([5, 4, 3]);
    expect(idsOf(['', 'study 1', 'study 4'])).toEqual([4, 1]);
    expect(idsOf([''])).toEqual([]);
    expect(idsOf(offered.map(({ studyId }) => studyId))).toHaveLength(3);
  });

  it('keeps the result that a version was signed beside, whatever became of its session', () => {
    const frozen = session('study 4', 4, 'as it was');
    expect(withLastTime(offered, frozen).map(({ resultId }) => resultId)).toEqual([
      'study 5 result',
      'as it was',
      'study 3 result',
      'study 2 result',
      'study 1 result',
    ]);
  });
});

describe('the strides of a session', () => {
  it('are all told, with where the strike comes from, and the reason of each that is not counted', () => {
    const rows = strideRowsOf(usual);
    const counted = SIDES.reduce((sum, side) => sum + usual.strides[side].length, 0);
    expect(rows.filter(({ fate }) => fate !== 'excluded')).toHaveLength(counted);
    expect(rows.some(({ strike }) => strike?.includes('force plate'))).toBe(true);
    for (const { fate, why } of rows) expect(why === null).toBe(fate === 'counted');
  });
});
