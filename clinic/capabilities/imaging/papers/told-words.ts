import { dateAt } from '@rectus/schedule';
import { longDate, wallTime } from '../../../platform/web/wall-clock.ts';
import type { SignedContent, SignedReferral } from '../report/signed-content.ts';

const HOW: Readonly<Record<SignedReferral['toldHow'], string>> = {
  'in-person': 'in person',
  telephone: 'by telephone',
  video: 'by video',
  'secure-message': 'by secure message',
};

const URGENCY: Readonly<Record<SignedReferral['urgency'], string>> = {
  emergency: 'emergency',
  same_day: 'same day',
};

/** "by telephone". */
export const howWords = ({ toldHow }: SignedReferral): string => HOW[toldHow];

/** "same day". */
export const urgencyWords = ({ urgency }: SignedReferral): string => URGENCY[urgency];

/** "Tuesday 3 March 2026, 9:15". */
export function momentWords(instant: number, zone: string, locale = 'en-GB'): string {
  const day = dateAt(instant, zone);
  return `${longDate(day, locale, '0000-01-01')}, ${wallTime(instant, zone)}`;
}

/** Who was told of the finding, how, when, and whom the patient was sent to; null where nobody was. */
export function toldWords({ referral }: SignedContent, zone: string, locale = 'en-GB'): string | null {
  if (!referral) return null;
  const { toldName, toldAt, referredTo, reason, dueAt } = referral;
  const told = `${toldName} was told ${howWords(referral)} on ${momentWords(toldAt, zone, locale)}.`;
  const sent = `Urgent referral (${urgencyWords(referral)}) to ${referredTo}: ${reason}`;
  const ended = /[.!?]$/.test(sent) ? sent : `${sent}.`;
  return `${told} ${ended} An answer is due by ${momentWords(dueAt, zone, locale)}.`;
}
