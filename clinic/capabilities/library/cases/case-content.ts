import { z } from 'zod';

/** A number of the signed report, as it was when it was chosen. */
const caseNumber = z.object({
  code: z.string(),
  bodySite: z.string().nullable(),
  side: z.enum(['left', 'right']).nullable(),
  label: z.string(),
  value: z.number(),
  /** UCUM; a ratio is '1'. */
  unit: z.string(),
  standardError: z.number().nullable(),
  minimalDetectableChange: z.number().nullable(),
  citation: z.string().nullable(),
});

/** What is said about one clip. */
const clipWords = z.object({
  caption: z.string(),
  /** What can be seen, for those who do not see it. */
  description: z.string(),
  /** What the curve under the slider shows, such as "Gap"; null without a curve. */
  curve: z.object({ label: z.string(), unit: z.string() }).nullable(),
});

/** Where a case leads to beside booking. */
export const FURTHER_READING = ['contraction', 'back-pain', 'lifting'] as const;

/** All words and numbers of one version of a case. Stored for good, so later programs must still read it. */
export const caseContentSchema = z.object({
  format: z.literal(1),
  title: z.string(),
  /** Two or three sentences: the list shows them, too. */
  summary: z.string(),
  /** Paragraphs, with an empty line between them. */
  text: z.string(),
  clips: z.array(clipWords).readonly(),
  numbers: z.array(caseNumber).readonly(),
  reading: z.enum(FURTHER_READING).nullable(),
  /** Words that the search for names, dates and places found, and that a person looked at and let stand. */
  letStand: z.array(z.string()).readonly(),
  /** Everybody who wrote in this version: none of them may review it. */
  writers: z.array(z.string()).readonly(),
});

export type CaseContent = z.infer<typeof caseContentSchema>;
export type CaseNumber = CaseContent['numbers'][number];
export type ClipWords = CaseContent['clips'][number];

export const NO_CLIP_WORDS: ClipWords = { caption: '', description: '', curve: null };

/** Everything of a case that the public reads, in one text, for whoever searches it. */
export function wordsOfCase({ title, summary, text, clips }: CaseContent): string {
  return [title, summary, text, ...clips.flatMap(({ caption, description }) => [caption, description])].join(
    '\n',
  );
}

/** What is missing before somebody else can look at it, each as a sentence; nothing when all is there. */
export function missingOf(content: CaseContent, clips: number): readonly string[] {
  const missing: string[] = [];
  if (content.title.length < 5) missing.push('The case needs a title.');
  if (content.summary.length < 20) missing.push('Say in two or three sentences what the case shows.');
  if (content.text.length < 40) missing.push('The case needs its text.');
  if (clips === 0) missing.push('Choose at least one clip.');
  for (let at = 0; at < clips; at++) {
    const { caption, description } = content.clips[at] ?? NO_CLIP_WORDS;
    if (caption.length < 5) missing.push(`Clip ${at + 1} needs a caption.`);
    if (description.length < 20)
      missing.push(`Describe what can be seen in clip ${at + 1}, for those who cannot see it.`);
  }
  return missing;
}
