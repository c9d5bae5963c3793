import type { Refused } from './refusal.ts';
import { areDifferent, type Person } from './same-person.ts';
import type { Arrived, Known } from './what-is-known.ts';

/** Whose an arrived clip is, why that has to be said by a person, or why it must not be taken. */
export type Match =
  | { readonly kind: 'matched'; readonly examId: string }
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'refused'; readonly refused: Refused };

/**
 * Finds the examination of a clip: only where the clip carries the Study UID that our worklist hands out, or its number
 * together with the patient's id. Nothing is ever guessed by a name; a name can only contradict.
 */
export function matchArrival({ dicomStudyUid, says }: Arrived, known: Known): Match {
  // The worklist may have been older than a merge of two records.
  const person: Person = known.patientId ? { ...says, patientId: known.patientId } : says;
  const ordered = known.exams.find(({ studyUid }) => studyUid === dicomStudyUid);
  if (ordered)
    return areDifferent(person, ordered.person)
      ? refused(`Its Study UID is of the examination ${ordered.accession}, which is of another person.`)
      : { kind: 'matched', examId: ordered.id };
  if (known.others.some((other) => areDifferent(says, other)))
    return refused('Clips of another person are here already under the same Study UID.');
  const [numbered] = known.exams;
  if (!numbered) return { kind: 'waiting', reason: whyUnknown(says.accession) };
  if (person.patientId && person.patientId === numbered.person.patientId)
    return { kind: 'matched', examId: numbered.id };
  return {
    kind: 'waiting',
    reason: `It carries the number ${numbered.accession}, but not the patient id of that examination.`,
  };
}

function refused(reason: string): Match {
  return {
    kind: 'refused',
    refused: { code: 'other-patient', reason: `${reason} Nothing of it was filed.` },
  };
}

function whyUnknown(accession: string | null): string {
  return accession
    ? `It carries the number ${accession.slice(0, 64)}, which is not one of our examinations.`
    : 'It came without the number of an examination: it was not made from our worklist.';
}
