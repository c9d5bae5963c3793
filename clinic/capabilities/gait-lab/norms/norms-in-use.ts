import type { NormPackage } from '@rectus/gait';
import type { Config } from '../../../platform/config.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { StudyError } from '../core/study-error.ts';
import { readFolderNorms } from './folder-norms.ts';
import { hashOfNorms } from './norm-store.ts';

/** How a result tells which norms it was judged by. */
export interface NormName {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  /** From the clinic's own sets, from the machine's folder, or made by the simulator where there are neither. */
  readonly from: 'clinic' | 'folder' | 'simulator';
}

export interface NormsInUse extends NormName {
  readonly norms: NormPackage;
}

/**
 * What walks are judged by now: the clinic's sets in use and those of the machine's folder, where the clinic has none of
 * the same id. Empty where nothing is installed.
 *
 * @throws StudyError naming a file of the folder that cannot be read
 */
export async function normsInUse(
  { tx, clinicId }: ClinicTransaction,
  config: Config,
): Promise<readonly NormsInUse[]> {
  const rows = await tx
    .selectFrom('norm_package')
    .select(['content', 'sha256'])
    .where('clinic_id', '=', clinicId)
    .where('status', '=', 'in-use')
    .orderBy('installed_at')
    .execute();
  const own = rows.map(({ content, sha256 }) => named(content as NormPackage, sha256, 'clinic'));
  const ofFolder = readFolderNorms(config).map((one) => {
    if ('fault' in one)
      throw new StudyError(`The norms ${one.file} in this machine's folder cannot be used. ${one.fault}`);
    return named(one.norms, hashOfNorms(one.norms), 'folder');
  });
  return [...own, ...ofFolder.filter(({ id }) => own.every((one) => one.id !== id))];
}

/** The simulator's bands, for a clinic that has nothing else. */
export function simulatedInUse(norms: NormPackage): NormsInUse {
  return named(norms, hashOfNorms(norms), 'simulator');
}

function named(norms: NormPackage, sha256: string, from: NormName['from']): NormsInUse {
  return { id: norms.id, name: norms.name, sha256, from, norms };
}

/** A result's norms against those of today. */
export interface OtherNorms {
  readonly before: readonly string[];
  readonly now: readonly string[];
}

/**
 * Whether a result was judged by other norms than those in use now: their names before and now, null where they are the
 * same. A folder that cannot be read counts as it was, because processing again would fail.
 */
export async function judgedByOthers(
  clinic: ClinicTransaction,
  config: Config,
  resultId: string,
): Promise<OtherNorms | null> {
  const row = await clinic.tx
    .selectFrom('study_result')
    .select('made_from')
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', resultId)
    .executeTakeFirst();
  const { norms = [] } = (row?.made_from ?? {}) as { readonly norms?: readonly NormName[] };
  const before = norms.filter(({ from }) => from !== 'simulator');
  const now = await hashesInUse(clinic, config);
  if (now === null || sameHashes(before, now)) return null;
  return { before: before.map(({ name }) => name), now: now.map(({ name }) => name) };
}

type Hashed = Pick<NormName, 'name' | 'sha256'>;

async function hashesInUse(clinic: ClinicTransaction, config: Config): Promise<readonly Hashed[] | null> {
  try {
    return await normsInUse(clinic, config);
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    return null;
  }
}

function sameHashes(a: readonly Hashed[], b: readonly Hashed[]): boolean {
  const lacks = (all: readonly Hashed[], one: Hashed) => all.every(({ sha256 }) => sha256 !== one.sha256);
  return !a.some((one) => lacks(b, one)) && !b.some((one) => lacks(a, one));
}
