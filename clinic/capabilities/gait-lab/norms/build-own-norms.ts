import {
  buildNormPackage,
  type GaitReportData,
  LEAST_REFERENCE_PEOPLE,
  type NormPackage,
  type ReferenceWalk,
  referenceWalkOfReports,
} from '@rectus/gait';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { StudyError } from '../core/study-error.ts';
import { type Installation, installNorms } from './norm-store.ts';
import { addUp, type ReferenceSession } from './reference-sessions.ts';

/** What the owner says about a set of the clinic's own. */
export interface OwnNorms {
  /** Of the package: the same id takes the place of the set before. */
  readonly id: string;
  readonly name: string;
  readonly population: string;
  readonly licence: string;
  readonly citation: string;
  /** The walks are those of a demo clinic. */
  readonly simulated: boolean;
}

/** Why so few people are no norms, in words; null where they are enough. */
export function tooFewWords(people: number): string | null {
  if (people >= LEAST_REFERENCE_PEOPLE) return null;
  const have = people === 1 ? 'one person' : `${people} people`;
  return `Norms need at least ${LEAST_REFERENCE_PEOPLE} people; these are ${have}. The spread between so few says little about anybody else: of ten people the true spread may still be nearly twice what was found.`;
}

/**
 * Builds norms out of sessions and installs them. Somebody with several sessions counts once.
 *
 * @throws StudyError for too few people, and for a session that does not fit
 */
export async function buildOwnNorms(
  clinic: ClinicTransaction,
  about: OwnNorms,
  chosen: readonly ReferenceSession[],
): Promise<Installation> {
  const sum = addUp(chosen);
  const tooFew = tooFewWords(sum.people);
  if (tooFew) throw new StudyError(tooFew);
  const walks: ReferenceWalk[] = [];
  for (const sessions of Map.groupBy(chosen, ({ patientId }) => patientId).values()) {
    const walk = referenceWalkOfReports(await readReports(clinic, sessions));
    if (!walk) throw new StudyError('One of the sessions does not fit into norms any more. Look again.');
    walks.push(walk);
  }
  const norms: NormPackage = buildNormPackage(
    {
      id: about.id,
      name: about.name,
      population: about.population,
      footwear: sum.footwear,
      simulated: about.simulated,
      licence: { name: about.licence, note: '' },
      citation: about.citation,
      origin: `${sum.sessions} sessions with ${sum.strides} strides, processed with this program`,
    },
    walks,
  );
  return installNorms(
    clinic,
    norms,
    chosen.map(({ resultId }) => resultId),
  );
}

/** One person's reports at a time: all of a large set together would fill the memory. */
async function readReports(
  { tx, clinicId }: ClinicTransaction,
  sessions: readonly ReferenceSession[],
): Promise<readonly GaitReportData[]> {
  const rows = await tx
    .selectFrom('study_result')
    .select('report')
    .where('clinic_id', '=', clinicId)
    .where(
      'id',
      'in',
      sessions.map(({ resultId }) => resultId),
    )
    .execute();
  return rows.map(({ report }) => report as GaitReportData);
}
