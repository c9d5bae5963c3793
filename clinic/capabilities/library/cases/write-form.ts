import { z } from 'zod';
import { line, longText, text, whole } from '../../settings/index.ts';
import { type CaseNumber, type ClipWords, FURTHER_READING, NO_CLIP_WORDS } from './case-content.ts';
import type { Area } from './case-records.ts';
import { numberKey } from './exam-of-case.ts';
import type { CaseWords, ClipChoice } from './make-case.ts';

/** The words of a case as they are typed. A draft may be incomplete; what is missing is said before it is sent. */
export const wordsForm = z.object({
  title: text(120),
  summary: longText(400),
  text: longText(6000),
  'caption-0': text(300),
  'caption-1': text(300),
  'description-0': longText(1500),
  'description-1': longText(1500),
  numbers: z.string().default(''),
  reading: z.string().default(''),
  stands: z.string().default(''),
});

/** What was typed, with the clips' curves and the numbers of the signed report as they are stored. */
export function wordsOfForm(
  typed: z.infer<typeof wordsForm>,
  before: readonly ClipWords[],
  told: readonly CaseNumber[],
): CaseWords {
  const chosen = new Set(typed.numbers.split('\n'));
  const stands = typed.stands.split('\n').filter((one) => one !== '');
  return {
    title: typed.title,
    summary: typed.summary,
    text: typed.text,
    clips: before.map((clip, at) => ({
      ...(clip ?? NO_CLIP_WORDS),
      caption: at === 0 ? typed['caption-0'] : typed['caption-1'],
      description: at === 0 ? typed['description-0'] : typed['description-1'],
    })),
    numbers: told.filter((number) => chosen.has(numberKey(number))),
    reading: FURTHER_READING.find((one) => one === typed.reading) ?? null,
    letStand: stands,
  };
}

/** People count frames from 1. */
const frameNumber = whole(1, 100_000);
const clipForm = z.object({
  instance: line('a clip', 40),
  first: frameNumber,
  last: frameNumber,
  rest: frameNumber,
  contraction: frameNumber,
  blacked: longText(1000).refine(
    (typed) => linesOf(typed).every((one) => AREA.test(one)),
    'Write one area a line: left, top, right, bottom, such as 0, 0, 640, 40',
  ),
});

const AREA = /^\d{1,5}(?:\s*[,; ]\s*\d{1,5}){3}$/;

/** The choice of frames and black areas of one clip. */
export const clipChoiceForm = clipForm.transform(
  ({ instance, first, last, rest, contraction, blacked }): Omit<ClipChoice, 'position'> => ({
    instanceId: instance,
    firstFrame: first - 1,
    lastFrame: last - 1,
    restFrame: rest - 1,
    contractionFrame: contraction - 1,
    blacked: linesOf(blacked).map(areaOf),
  }),
);

function linesOf(typed: string): readonly string[] {
  return typed
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function areaOf(typed: string): Area {
  const [a = 0, b = 0, c = 0, d = 0] = typed.split(/[,; ]+/).map(Number);
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}
