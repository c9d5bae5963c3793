import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advice, answersUrgency, parseAnswers, readAnswers, writeAnswers } from './advice.ts';
import { SAFETY_QUESTIONS } from './questions.ts';

const yes = (...codes: string[]) => ({ version: SAFETY_QUESTIONS.version, yes: codes });
const CODES = SAFETY_QUESTIONS.questions.map((question) => question.code);
const WEAK = SAFETY_QUESTIONS.weakSigns.map((sign) => sign.code);

describe('each sign leads to the care that its concern calls for', () => {
  it.each([
    ['numbness between the legs or new bladder trouble', 'cauda_equina', 'emergency'],
    ['a bad fall, thin bones, or sudden pelvic pain since a birth', 'fracture', 'same_day'],
    ['fever, weight loss, cancer or a weak immune system', 'infection_tumour', 'same_day'],
    ['fever with strong back pain after a birth', 'infection_birth', 'emergency'],
    ['a worsening headache or changed sight after a birth', 'late_danger', 'emergency'],
    ['a swollen calf, chest pain or breathlessness', 'clot', 'emergency'],
    ['a pop and sudden loss of strength', 'complete_tear', 'same_day'],
    ['a tense, numb limb with pain out of proportion', 'compartment', 'emergency'],
    ['thoughts of harming herself or the baby', 'self_harm', 'crisis'],
  ])('%s', (_sign, code, urgency) => {
    expect(advice(yes(code))).toMatchObject([{ code, urgency }]);
  });

  it('asks nothing that no test above covers', () => {
    expect(CODES).toHaveLength(9);
  });
});

describe('the grading', () => {
  it('says nothing when nothing was ticked', () => {
    expect(advice(yes())).toEqual([]);
    expect(answersUrgency(yes())).toBeNull();
  });

  it.each(WEAK)('%s alone means nothing', (code) => {
    expect(advice(yes(code))).toEqual([]);
  });

  it('weak signs mean nothing even together, and add weight to a strong one', () => {
    expect(advice(yes(...WEAK))).toEqual([]);
    expect(advice(yes('infection_tumour', 'night_pain'))).toMatchObject([
      { code: 'infection_tumour', urgency: 'same_day', supportedBy: ['night_pain'] },
    ]);
  });

  it('puts what cannot wait before what can wait until tonight', () => {
    const codes = advice(yes('fracture', 'self_harm', 'clot')).map((item) => item.code);
    expect(codes).toEqual(['clot', 'self_harm', 'fracture']);
  });

  it('never lets a same-day concern hide an emergency, whatever else was ticked', () => {
    const emergencies = SAFETY_QUESTIONS.questions
      .filter((q) => q.urgency === 'emergency')
      .map((q) => q.code);
    fc.assert(
      fc.property(fc.subarray([...CODES]), fc.constantFrom(...emergencies), (codes, emergency) => {
        const answers = yes(...codes, emergency);
        expect(advice(answers)[0]?.urgency).toBe('emergency');
        expect(answersUrgency(answers)).toBe('emergency');
      }),
    );
  });

  it('treats a crisis as an emergency for the people in the clinic', () => {
    expect(answersUrgency(yes('self_harm'))).toBe('emergency');
    expect(answersUrgency(yes('complete_tear'))).toBe('same_day');
  });
});

describe('the question set', () => {
  it('asks about the whole year after a birth', () => {
    const group = SAFETY_QUESTIONS.groups.find((each) => each.code === 'birth');
    expect(group?.title).toMatch(/past year/);
  });

  it('names a source for each question and waits for the clinic’s signature', () => {
    for (const question of SAFETY_QUESTIONS.questions) expect(question.citation).not.toBe('');
    expect(SAFETY_QUESTIONS.signedOff).toBe(false);
  });
});

describe('answers in a form', () => {
  it('are read as ticked, and anything unknown is dropped', () => {
    expect(readAnswers('clot\nbogus\nclot').yes).toEqual(['clot']);
    expect(readAnswers(undefined).yes).toEqual([]);
  });

  it('come back from a hidden field as they went in', () => {
    fc.assert(
      fc.property(fc.subarray([...CODES]), (codes) => {
        expect(parseAnswers(writeAnswers(yes(...codes)))).toEqual(yes(...codes));
      }),
    );
  });

  it('of another version are not taken for answers to these questions', () => {
    expect(parseAnswers('2019-01.1 clot')).toBeNull();
    expect(parseAnswers('')).toBeNull();
  });
});
