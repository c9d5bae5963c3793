import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSafety, type SafetyAnswers, type SafetyClip, type SafetyFacts } from './safety-rule.ts';
import { FINDING_TYPES } from './signed-content.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 2, 12);
const NOTHING: SafetyAnswers = {
  clipsReason: '',
  tearReason: '',
  toldName: '',
  toldHow: '',
  toldAt: null,
  urgency: '',
  referredTo: '',
  referralReason: '',
};
const REFERRED: SafetyAnswers = {
  ...NOTHING,
  toldName: 'The patient',
  toldHow: 'in-person',
  toldAt: NOW - HOUR / 2,
  urgency: 'same_day',
  referredTo: 'Surgeon on call',
  referralReason: 'Complete tear with retraction',
};
const clip = (role: SafetyClip['role'], more: Partial<SafetyClip> = {}): SafetyClip => ({
  role,
  side: null,
  frames: 40,
  matched: true,
  setAside: false,
  ...more,
});
const facts = (more: Partial<SafetyFacts> = {}): SafetyFacts => ({
  suspicion: 'muscle-injury',
  side: 'right',
  clips: [clip('rest'), clip('contraction')],
  measurements: [],
  finding: 'no-tear',
  grading: { system: null, grade: '' },
  examTakenAt: NOW - HOUR,
  now: NOW,
  words: '',
  referredBefore: false,
  ...more,
});
const missing = (more: Partial<SafetyFacts>, answers: SafetyAnswers = NOTHING) =>
  checkSafety(facts(more), answers).missing.map(({ field }) => field);
const gap = (code: string, value: number, standardError: number | null = 0.5) => ({
  code,
  value,
  standardError,
  bodySite: 'rectus femoris',
  side: 'right' as const,
});

describe('a report on a suspected muscle injury', () => {
  it('may be signed with a clip at rest and one in contraction, or one that shows both', () => {
    expect(missing({})).toEqual([]);
    expect(missing({ clips: [clip('both')] })).toEqual([]);
  });

  it('may not be signed with one of them alone, nor with clips that do not count', () => {
    for (const clips of [
      [],
      [clip('rest')],
      [clip('contraction'), clip('other'), clip(null)],
      [clip('rest'), clip('contraction', { setAside: true })],
      [clip('rest', { matched: false }), clip('contraction')],
      [clip('rest'), clip('contraction', { side: 'left' })],
      [clip('both', { frames: 1 })],
    ])
      expect(missing({ clips })).toEqual(['clipsReason']);
  });

  it('takes two clips of one side where nobody said which side it is, not one of each', () => {
    const clips = [clip('rest', { side: 'left' }), clip('contraction', { side: 'right' })];
    expect(missing({ side: null, clips })).toEqual(['clipsReason']);
    expect(missing({ side: null, clips: [...clips, clip('rest', { side: 'right' })] })).toEqual([]);
  });

  it('may be signed without them for a reason, which is kept', () => {
    const answers = { ...NOTHING, clipsReason: '  Too painful to contract  ' };
    const check = checkSafety(facts({ clips: [clip('rest')] }), answers);
    expect(check.missing).toEqual([]);
    expect(check.exceptions).toEqual([
      {
        rule: 'clips-missing',
        words: 'Signed without a clip in contraction',
        reason: 'Too painful to contract',
      },
    ]);
  });

  it('takes no reason made of spaces and letters that do not show', () => {
    for (const clipsReason of [
      'too short',
      '          ',
      'a            b',
      '\u200b'.repeat(12),
      '\n'.repeat(20),
    ])
      expect(missing({ clips: [] }, { ...NOTHING, clipsReason })).toEqual(['clipsReason']);
  });

  it('is asked the same under another suspicion as soon as it judges a tear or grades one', () => {
    const other = { suspicion: 'other', clips: [] } as const;
    expect(missing({ ...other, finding: 'other' })).toEqual([]);
    expect(missing({ ...other, finding: 'partial-tear' })).toEqual(['clipsReason']);
    expect(missing({ ...other, finding: 'no-tear' })).toEqual(['clipsReason']);
    expect(missing({ ...other, finding: 'other', grading: { system: 'peetrons', grade: '1' } })).toEqual([
      'clipsReason',
    ]);
    for (const words of ['Minor strain of the quadriceps.', 'No\nTORN fibres.', 'A ruptured muscle?'])
      expect(missing({ ...other, finding: 'other', words })).toEqual(['clipsReason']);
    for (const words of ['Teared eyes, constrained.', 'The recti lie 24 mm apart.'])
      expect(missing({ ...other, finding: 'other', words })).toEqual([]);
  });
});

describe('a complete tear', () => {
  const torn = { finding: 'complete-tear' } as const;

  it('may not be signed before somebody was told and the patient was referred', () => {
    expect(missing(torn)).toEqual([
      'toldName',
      'toldHow',
      'toldAt',
      'urgency',
      'referredTo',
      'referralReason',
    ]);
    expect(missing(torn, REFERRED)).toEqual([]);
  });

  it('cannot have been told in the future or before the examination', () => {
    const toldAt = (instant: number) => missing(torn, { ...REFERRED, toldAt: instant });
    expect(toldAt(NOW + 60_000)).toEqual(['toldAt']);
    expect(toldAt(NOW - 2 * HOUR)).toEqual(['toldAt']);
    expect(toldAt(NOW)).toEqual([]);
    // A form tells minutes: the minute in which the examination began counts.
    expect(
      missing({ ...torn, examTakenAt: NOW - HOUR + 30_000 }, { ...REFERRED, toldAt: NOW - HOUR }),
    ).toEqual([]);
  });

  it('asks nobody twice where the version before it was referred already', () => {
    expect(missing({ ...torn, referredBefore: true })).toEqual([]);
  });

  it('takes no urgency and no way of telling that is not known', () => {
    expect(missing(torn, { ...REFERRED, urgency: 'routine', toldHow: 'by-bird' })).toEqual([
      'toldHow',
      'urgency',
    ]);
  });
});

describe('numbers that look like a complete tear', () => {
  const opening = [gap('us.gap.rest', 4), gap('us.gap.contraction', 18), gap('us.retraction', 14, 0.7)];

  it('cannot end as anything else without a reason, which is kept with the numbers', () => {
    expect(missing({ measurements: opening })).toEqual(['tearReason']);
    expect(missing({ measurements: opening, finding: 'partial-tear' })).toEqual(['tearReason']);
    const answers = { ...NOTHING, tearReason: 'The deep half is whole in cross-section' };
    const { exceptions } = checkSafety(facts({ measurements: opening }), answers);
    expect(exceptions[0]?.rule).toBe('tear-criterion-overruled');
    expect(exceptions[0]?.words).toContain('18.0 mm ± 0.5 mm');
  });

  it('are found from the two gaps where nobody subtracted them', () => {
    expect(missing({ measurements: opening.slice(0, 2) })).toEqual(['tearReason']);
  });

  it('are none where the movement lies within the error, or there is no gap', () => {
    expect(missing({ measurements: [gap('us.gap.contraction', 5), gap('us.retraction', 1, 0.7)] })).toEqual(
      [],
    );
    expect(missing({ measurements: [gap('us.gap.contraction', 0.5), gap('us.retraction', 9, 0.7)] })).toEqual(
      [],
    );
    expect(missing({ measurements: [gap('us.gap.rest', 18), gap('us.gap.contraction', 12)] })).toEqual([]);
  });

  it('count as they stand where nobody knows their error', () => {
    expect(missing({ measurements: [gap('us.retraction', 3, null)] })).toEqual(['tearReason']);
  });

  it('are asked about too where the grade says complete and the finding does not', () => {
    expect(missing({ grading: { system: 'peetrons', grade: '3' } })).toEqual(['tearReason']);
    expect(missing({ grading: { system: 'peetrons', grade: '2' } })).toEqual([]);
  });
});

const anyFacts: fc.Arbitrary<SafetyFacts> = fc.record({
  suspicion: fc.constantFrom('muscle-injury' as const, 'abdominal-wall' as const, 'other' as const),
  side: fc.constantFrom(null, 'left' as const, 'right' as const),
  clips: fc.array(
    fc.record({
      role: fc.constantFrom(null, 'rest' as const, 'contraction' as const, 'both' as const, 'other' as const),
      side: fc.constantFrom(null, 'left' as const, 'right' as const),
      frames: fc.constantFrom(1, 40),
      matched: fc.boolean(),
      setAside: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
  measurements: fc.array(
    fc.record({
      code: fc.constantFrom('us.gap.rest', 'us.gap.contraction', 'us.retraction', 'us.thickness'),
      bodySite: fc.constantFrom(null, 'rectus femoris'),
      side: fc.constantFrom(null, 'left' as const, 'right' as const),
      value: fc.double({ min: -5, max: 60, noNaN: true }),
      standardError: fc.option(fc.double({ min: 0, max: 5, noNaN: true })),
    }),
    { maxLength: 4 },
  ),
  finding: fc.constantFrom(null, ...FINDING_TYPES),
  grading: fc.constantFrom(
    { system: null, grade: '' },
    { system: 'peetrons' as const, grade: '3' },
    { system: 'bamic' as const, grade: '2b' },
  ),
  examTakenAt: fc.constant(NOW - HOUR),
  now: fc.constant(NOW),
  words: fc.string(),
  referredBefore: fc.boolean(),
});
const anyAnswers: fc.Arbitrary<SafetyAnswers> = fc.record({
  clipsReason: fc.constantFrom('', 'short', 'A reason that is long enough'),
  tearReason: fc.constantFrom('', 'short', 'A reason that is long enough'),
  toldName: fc.constantFrom('', 'The patient'),
  toldHow: fc.constantFrom('', 'telephone', 'by-bird'),
  toldAt: fc.constantFrom(null, NOW - 2 * HOUR, NOW - 60_000, NOW + HOUR),
  urgency: fc.constantFrom('', 'emergency', 'routine'),
  referredTo: fc.constantFrom('', 'Surgeon on call'),
  referralReason: fc.constantFrom('', 'Complete tear'),
});

describe('whatever is found and answered', () => {
  it('no muscle injury is signed unless both states count, or a reason is kept', () => {
    fc.assert(
      fc.property(anyFacts, anyAnswers, (given, answers) => {
        const { missing: open, exceptions } = checkSafety(given, answers);
        if (open.length > 0 || given.suspicion !== 'muscle-injury') return;
        const counting = given.clips.filter(({ matched, setAside }) => matched && !setAside);
        const shows = (state: string) =>
          counting.some(({ role, frames }) => role === state || (role === 'both' && frames > 1));
        const kept = exceptions.some(({ rule, reason }) => rule === 'clips-missing' && reason.length >= 10);
        expect((shows('rest') && shows('contraction')) || kept).toBe(true);
      }),
    );
  });

  it('no complete tear is signed untold or without a referral', () => {
    fc.assert(
      fc.property(anyFacts, anyAnswers, (given, answers) => {
        const { missing: open } = checkSafety(
          { ...given, finding: 'complete-tear', referredBefore: false },
          answers,
        );
        const told = answers.toldAt !== null && answers.toldAt <= NOW && answers.toldAt >= NOW - HOUR;
        const complete = told && answers.toldName && answers.toldHow === 'telephone';
        const referred = answers.urgency === 'emergency' && answers.referredTo && answers.referralReason;
        if (!complete || !referred) expect(open.length).toBeGreaterThan(0);
      }),
    );
  });

  it('a reason is kept for exactly what was asked, and another clip never makes it ask for more', () => {
    fc.assert(
      fc.property(anyFacts, anyAnswers, (given, answers) => {
        const check = checkSafety(given, answers);
        const asked = Number(check.demands.clips.length > 0) + Number(check.demands.tear.length > 0);
        const refused = check.missing.filter(
          ({ field }) => field.endsWith('Reason') && field !== 'referralReason',
        );
        expect(check.exceptions.length + refused.length).toBe(asked);
        const more = checkSafety({ ...given, clips: [...given.clips, clip('both')] }, answers);
        expect(more.demands.clips.length).toBeLessThanOrEqual(check.demands.clips.length);
      }),
    );
  });
});
