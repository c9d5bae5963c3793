import { describe, expect, it } from 'vitest';
import { comparisons } from './compare-at-once.ts';

type Clip = Parameters<typeof comparisons>[0]['clips'][number];
const clip = (id: string, about: Partial<Clip> = {}): Clip => ({
  ...{ id, examId: 'today', role: 'contraction', side: 'right', takenAt: 30, day: 'Tue 24 Nov 2026' },
  ...about,
});
const first = { examId: 'first', takenAt: 10, day: 'Sun 1 Nov 2026' } as const;
const second = { examId: 'second', takenAt: 20, day: 'Fri 6 Nov 2026' } as const;
const shown = (left: string, right: string) =>
  [
    { clip: left, frame: 0 },
    { clip: right, frame: 0 },
  ] as const;
const sameStructure = new Set(['first', 'second']);

describe('comparing with one press', () => {
  it('puts the same part of the other side beside what is shown', () => {
    const clips = [
      clip('rest', { role: 'rest' }),
      clip('tense'),
      clip('left-rest', { role: 'rest', side: 'left' }),
      clip('left-tense', { side: 'left' }),
    ];
    expect(comparisons({ examId: 'today', clips, pictures: shown('rest', 'tense'), sameStructure })).toEqual([
      { words: 'Compare: left side', href: '/desk/imaging/today/view?left=left-tense&right=tense' },
    ]);
  });

  it('puts the last earlier examination of the same structure and side beside today', () => {
    const clips = [
      clip('now'),
      clip('of-first', first),
      clip('of-second', second),
      clip('other-side', { ...second, takenAt: 25, side: 'left' }),
      clip('other-structure', { examId: 'knee', takenAt: 28 }),
      clip('later', { ...first, takenAt: 40 }),
    ];
    expect(comparisons({ examId: 'today', clips, pictures: shown('now', 'now'), sameStructure })).toEqual([
      { words: 'Compare: Fri 6 Nov 2026', href: '/desk/imaging/today/view?left=of-second&right=now' },
    ]);
  });

  it('leads back while it is shown, and is not offered where there is nothing to compare', () => {
    const clips = [clip('now'), clip('before', second)];
    expect(comparisons({ examId: 'today', clips, pictures: shown('before', 'now'), sameStructure })).toEqual([
      { words: 'Rest beside contraction', href: '/desk/imaging/today/view' },
    ]);
    const alone = { examId: 'today', clips: [clip('now')], pictures: shown('now', 'now'), sameStructure };
    expect(comparisons(alone)).toEqual([]);
  });
});
