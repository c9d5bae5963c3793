import { PUBLIC_ROUTES } from '../../../platform/web/layout/index.ts';
import type { CaseClip } from './case-records.ts';

/** The desk's part of cases. */
export const DESK_CASES = '/desk/cases';

export function casePath(slug: string): string {
  return `${PUBLIC_ROUTES.cases}/${slug}`;
}

/** A picture of a public case, counted from 0, or all pictures of a clip one after the other. */
export function picturePath(slug: string, clip: Pick<CaseClip, 'id'>, at: number | 'all'): string {
  return `${casePath(slug)}/${clip.id}/${at === 'all' ? 'all' : `${at}.jpg`}`;
}

export function deskCasePath(caseId: string, part?: string): string {
  return `${DESK_CASES}/${caseId}${part ? `/${part}` : ''}`;
}

/** Where staff look at a picture of a version that is not public. */
export function deskPicturePath(caseId: string, clip: Pick<CaseClip, 'id'>, at: number): string {
  return deskCasePath(caseId, `pictures/${clip.id}/${at}.jpg`);
}

/** The page of the consent about an examination. */
export function consentPath(examId: string): string {
  return `${DESK_CASES}/exams/${examId}`;
}
