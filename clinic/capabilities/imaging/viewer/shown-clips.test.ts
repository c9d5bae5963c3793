import { expect, it } from 'vitest';
import { captionOf } from './captions.ts';
import { shownClips } from './shown-clips.ts';

const clip = (id: string, role: 'rest' | 'contraction' | 'both' | 'other' | null, examId = 'today') => ({
  ...{ id, role, examId, frames: 87, side: 'right' as const, label: '', day: '24 Nov 2026', number: 1 },
});

const ids = (...args: Parameters<typeof shownClips>) => shownClips(...args)?.map((one) => one.clip);

it('rest stands left and contraction right, in whichever order they came', () => {
  expect(ids([clip('a', 'contraction'), clip('b', 'other'), clip('c', 'rest')], 'today')).toEqual(['c', 'a']);
});

it('a clip of both stands on both sides, the right one further on', () => {
  expect(shownClips([clip('a', 'both')], 'today')).toEqual([
    { clip: 'a', frame: 0 },
    { clip: 'a', frame: 43 },
  ]);
});

it('clips that nobody named stand as they came, and an address may ask for others, of an earlier day too', () => {
  const clips = [clip('a', null), clip('b', null), clip('old', 'rest', 'before')];
  expect(ids(clips, 'today')).toEqual(['a', 'b']);
  expect(ids(clips, 'today', { left: 'old', right: 'b' })).toEqual(['old', 'b']);
  expect(ids(clips, 'today', { left: 'nothing' })).toEqual(['a', 'b']);
  expect(shownClips(clips, 'today', { left: 'a', leftFrame: '12', rightFrame: '9999' })).toEqual([
    { clip: 'a', frame: 12 },
    { clip: 'b', frame: 86 },
  ]);
  expect(shownClips([], 'today')).toBeNull();
});

it('a measured clip shows the frames that stand for rest and contraction, unless the address names others', () => {
  const clips = [clip('a', null), clip('b', null)];
  const standing = [
    { clip: 'b', rest: 3, contraction: 20 },
    { clip: 'a', rest: null, contraction: null },
    { clip: 'b', rest: 4, contraction: 21 },
  ];
  const frames = (wish = {}, own = clips) =>
    shownClips(own, 'today', wish, standing)?.map((one) => [one.clip, one.frame]);
  expect(frames()).toEqual([
    ['b', 4],
    ['b', 21],
  ]);
  expect(frames({ left: 'b', leftFrame: '9', right: 'a' })).toEqual([
    ['b', 9],
    ['a', 0],
  ]);
  const pair = [clip('a', 'rest'), clip('b', 'contraction')];
  expect(frames({}, pair)).toEqual([
    ['a', 0],
    ['b', 21],
  ]);
});

it('two clips that are compared both show their contraction', () => {
  const clips = [clip('now', 'both'), clip('old', 'both', 'before'), clip('calm', 'rest', 'before')];
  const standing = [
    { clip: 'now', rest: 1, contraction: 20 },
    { clip: 'old', rest: 2, contraction: 31 },
    { clip: 'calm', rest: 5, contraction: null },
  ];
  const frames = (left: string) =>
    shownClips(clips, 'today', { left, right: 'now' }, standing)?.map(({ frame }) => frame);
  expect(frames('old')).toEqual([31, 20]);
  expect(frames('calm')).toEqual([5, 20]);
  expect(frames('now')).toEqual([1, 20]);
});

it('every picture says what it is and which side, and its day beside another day', () => {
  const [both, old] = [clip('a', 'both'), { ...clip('o', 'rest', 'before'), day: '2 Mar 2026' }];
  expect(captionOf(0, both, both)).toEqual({ role: 'Rest', mark: 'rest', side: 'right', day: '' });
  expect(captionOf(1, both, both)).toMatchObject({ role: 'Contraction', mark: 'contraction' });
  expect(captionOf(0, old, both)).toEqual({ role: 'Rest', mark: 'rest', side: 'right', day: '2 Mar 2026' });
  expect(captionOf(1, clip('n', null), both)).toMatchObject({ role: 'Clip 1', mark: 'other' });
});
