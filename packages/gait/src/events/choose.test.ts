import { expect, test } from 'vitest';
import { chooseEvents } from './choose.ts';
import type { EventKind, EventSource, GaitEvent } from './event.ts';

function event(
  source: EventSource,
  timeS: number,
  { kind = 'foot-strike' as EventKind, side = 'left' as GaitEvent['side'], usable = true } = {},
): GaitEvent {
  return { side, kind, timeS, source, confidence: 'medium', why: 'test', plate: null, usable };
}

const chosen = (...candidates: GaitEvent[]) =>
  chooseEvents(candidates).chosen.map(({ source, timeS, confidence }) => [source, timeS, confidence]);

test('a plate that saw the whole step goes before kinematics', () => {
  expect(chosen(event('zeni', 1.02), event('force-plate', 1), event('heel-braking', 1.01))).toEqual([
    ['force-plate', 1, 'medium'],
  ]);
});

test('a marked event goes before a plate', () => {
  expect(chosen(event('force-plate', 1), event('vendor', 1.01))).toEqual([['vendor', 1.01, 'medium']]);
});

test('a partial hit of a plate is never chosen, and stays among the candidates', () => {
  const partial = event('force-plate', 1.08, { usable: false });
  expect(chosen(partial, event('zeni', 1), event('heel-braking', 1.01))).toEqual([
    ['heel-braking', 1.01, 'medium'],
  ]);
  expect(chosen(partial)).toEqual([]);
  expect(chooseEvents([partial]).candidates).toEqual([partial]);
});

test('a kinematic event that no second method bears out is of low confidence', () => {
  expect(chosen(event('zeni', 1))).toEqual([['zeni', 1, 'low']]);
  expect(chosen(event('zeni', 1), event('heel-braking', 1.1))).toEqual([['heel-braking', 1.1, 'low']]);
  expect(chosen(event('zeni', 1), event('heel-braking', 1.15))).toEqual([['zeni', 1, 'low']]);
});

test('the velocity of the foot alone makes no event', () => {
  expect(chosen(event('foot-velocity', 1))).toEqual([]);
});

test('steps of the two feet and strikes and offs are kept apart', () => {
  const found = chosen(
    event('vendor', 1),
    event('vendor', 1.05, { side: 'right' }),
    event('vendor', 1.1, { kind: 'foot-off' }),
  );
  expect(found.length).toBe(3);
});

test('what lies between marked events is filled in, what lies outside of them is left as the operator left it', () => {
  const found = chosen(
    event('zeni', 0.2),
    event('vendor', 1),
    event('zeni', 2),
    event('vendor', 3),
    event('zeni', 4),
  );
  expect(found).toEqual([
    ['vendor', 1, 'medium'],
    ['zeni', 2, 'low'],
    ['vendor', 3, 'medium'],
  ]);
});
