import { createHash } from 'node:crypto';

/** How long a clinic keeps a back-up, in days. Patients are told this number, so older back-ups must be deleted. */
export const BACKUPS_KEPT_DAYS = 90;

/** What a patient reads before saying yes or no. A version that somebody read never changes: new words, new version. */
export interface ConsentText {
  readonly version: number;
  readonly title: string;
  readonly parts: readonly { readonly heading: string; readonly words: string }[];
}

const VERSIONS: readonly ConsentText[] = [
  {
    version: 1,
    title: 'May we show your moving pictures to the public?',
    parts: [
      {
        heading: 'What would be shown',
        words:
          'Some pictures of one ultrasound examination, as a slider between rest and contraction; what was measured in them; and a short text about what they show. Everybody can see them on our website, without signing in. They help others to recognise the same thing.',
      },
      {
        heading: 'What would not be shown',
        words:
          'Your name, your date of birth, your face, the day of your visit, numbers that lead to you, or the place where you live. The pictures are made anew from the grey values alone, writing in them is made black, and a second person at the clinic checks pictures and text before anything is public. Even so, somebody who knows your story well might guess that it is you.',
      },
      {
        heading: 'It is your choice',
        words:
          'Your care does not depend on it, now or later. You may say no, or leave the question open. Nobody is paid for it, and we do not pass the pictures on.',
      },
      {
        heading: 'You can take it back at any time',
        words: `Without giving a reason: on your own page with one button, or by telling us. Pictures and text then leave our website at once, and the published pictures are deleted from our server. We cannot call back copies that others have made in the meantime. Our back-ups may hold the published pictures for up to ${BACKUPS_KEPT_DAYS} days more; nobody looks at them there, and should we ever have to restore one, we remove the pictures again.`,
      },
      {
        heading: 'What we keep',
        words:
          'Your examination itself stays in your record, as it would without this question. We also keep your answer, when you gave it and took it back, and the words that had been published, so that we can show what we did. None of that is public.',
      },
    ],
  },
];

const [latest] = VERSIONS.toReversed();
if (!latest) throw new Error('There is no text to consent to');

/** The words that are asked with from now on. */
export const CONSENT_TEXT: ConsentText = latest;

/** The words of a version. Throws where there was none: what people agreed to must never be lost. */
export function consentText(version: number): ConsentText {
  const found = VERSIONS.find((text) => text.version === version);
  if (!found) throw new RangeError(`There is no version ${version} of the consent to publication`);
  return found;
}

/** SHA-256 of the words as they are shown, hexadecimal: kept with each answer, so that a later change would show. */
export function consentHash(text: ConsentText): string {
  const words = [text.title, ...text.parts.flatMap(({ heading, words }) => [heading, words])].join('\n');
  return createHash('sha256').update(words).digest('hex');
}

/** Until when back-ups may hold what was removed at `withdrawnAt`; both in epoch milliseconds. */
export function backupsHoldUntil(withdrawnAt: number): number {
  return withdrawnAt + BACKUPS_KEPT_DAYS * 86_400_000;
}
