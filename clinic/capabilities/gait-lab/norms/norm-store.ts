import { createHash } from 'node:crypto';
import { canonicalNormText, type NormPackage } from '@rectus/gait';
import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { StudyError } from '../core/study-error.ts';
import type { NormFacts } from './norm-facts.ts';

/** A set of norms as the clinic keeps it. */
export interface InstalledNorms {
  readonly id: string;
  readonly facts: NormFacts;
  readonly sha256: string;
  readonly inUse: boolean;
  /** How many results it was built from; 0 for one that came as a file. */
  readonly builtFrom: number;
  readonly installedBy: string | null;
  /** Epoch milliseconds. */
  readonly installedAt: number;
}

/** What became of a package that was to be installed. */
export interface Installation {
  readonly name: string;
  /** `known`: the very same was in use already. `again`: it was set aside, and is used again. */
  readonly outcome: 'installed' | 'again' | 'known';
  /** Names of sets of the same id that it took the place of. */
  readonly replaced: readonly string[];
}

const LONGEST_NAME = 200;
/** PostgreSQL keeps neither NUL nor halves of characters. */
const UNKEEPABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** The hash that tells one set of norms from every other, hexadecimal. */
export function hashOfNorms(norms: NormPackage): string {
  return createHash('sha256').update(canonicalNormText(norms)).digest('hex');
}

/**
 * Installs a package and uses it from now on. One of the same id that was in use before is set aside, never deleted:
 * older results were judged by it.
 *
 * @throws StudyError for texts that cannot be kept
 */
export async function installNorms(
  clinic: ClinicTransaction,
  norms: NormPackage,
  builtFrom: readonly string[] = [],
): Promise<Installation> {
  const { tx, clinicId } = clinic;
  const { name } = norms;
  if (name.length > LONGEST_NAME) throw new StudyError(`Its name is longer than ${LONGEST_NAME} characters.`);
  if (UNKEEPABLE.test(canonicalNormText(norms)))
    throw new StudyError('One of its texts holds a character that cannot be kept.');
  // One after the other: two people who install the same set at once must not both find it new.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`norms ${clinicId}`}, 0))`.execute(tx);
  const sha256 = hashOfNorms(norms);
  const replaced = await setOthersAside(clinic, norms.id, sha256);
  const known = await tx
    .selectFrom('norm_package')
    .select(['id', 'status'])
    .where('clinic_id', '=', clinicId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  if (known?.status === 'in-use') return { name, outcome: 'known', replaced };
  if (known) {
    await setStatus(clinic, known.id, 'in-use');
    return { name, outcome: 'again', replaced };
  }
  const { id } = await tx
    .insertInto('norm_package')
    .values({
      clinic_id: clinicId,
      name,
      content: norms,
      sha256,
      built_from: [...builtFrom],
      installed_by: clinic.actor.id ?? '',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(clinic, {
    action: builtFrom.length > 0 ? 'norms.built' : 'norms.installed',
    subject: { kind: 'norms', id },
    detail: { sha256, results: [...builtFrom] },
  });
  return { name, outcome: 'installed', replaced };
}

async function setOthersAside(
  clinic: ClinicTransaction,
  packageId: string,
  sha256: string,
): Promise<string[]> {
  const others = await clinic.tx
    .selectFrom('norm_package')
    .select(['id', 'name'])
    .where('clinic_id', '=', clinic.clinicId)
    .where('status', '=', 'in-use')
    .where(sql<boolean>`content ->> 'id' = ${packageId} and sha256 <> ${sha256}`)
    .execute();
  for (const { id } of others) await setStatus(clinic, id, 'set-aside');
  return others.map(({ name }) => name);
}

/** Uses a set, or sets it aside. Another one in use of the same id gives way. False where the clinic has no such set. */
export async function useNorms(clinic: ClinicTransaction, id: string, use: boolean): Promise<boolean> {
  const { tx, clinicId } = clinic;
  const row = await tx
    .selectFrom('norm_package')
    .select(['sha256', sql<string>`content ->> 'id'`.as('package')])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return false;
  if (use) await setOthersAside(clinic, row.package, row.sha256);
  await setStatus(clinic, id, use ? 'in-use' : 'set-aside');
  return true;
}

async function setStatus(clinic: ClinicTransaction, id: string, status: 'in-use' | 'set-aside') {
  const changed = await clinic.tx
    .updateTable('norm_package')
    .set({ status, changed_at: sql<Date>`clock_timestamp()` })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', id)
    .where('status', '!=', status)
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) === 0) return;
  const action = status === 'in-use' ? 'norms.used_again' : 'norms.set_aside';
  await record(clinic, { action, subject: { kind: 'norms', id } });
}

/** Every set of the clinic without its numbers: those in use first, then the newest. */
export async function listNorms({ tx, clinicId }: ClinicTransaction): Promise<readonly InstalledNorms[]> {
  const rows = await tx
    .selectFrom('norm_package as n')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.clinic_id', '=', 'n.clinic_id').onRef('m.user_id', '=', 'n.installed_by'),
    )
    .select(['n.id', 'n.sha256', 'n.status', 'n.installed_at', 'm.name as by'])
    .select([
      sql<number>`cardinality(n.built_from)`.as('built_from'),
      sql<NormFacts>`(n.content - 'sets' - 'profile') || jsonb_build_object(
        'gdi', n.content #> '{gdi,controls}', 'gps', n.content #> '{profile,controls}',
        'sets', (select coalesce(jsonb_agg(s - 'curves' - 'values' order by place), '[]')
          from jsonb_array_elements(n.content -> 'sets') with ordinality as e (s, place)))`.as('facts'),
    ])
    .where('n.clinic_id', '=', clinicId)
    .orderBy('n.status')
    .orderBy('n.installed_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    facts: row.facts,
    sha256: row.sha256,
    inUse: row.status === 'in-use',
    builtFrom: row.built_from,
    installedBy: row.by,
    installedAt: row.installed_at.getTime(),
  }));
}

/** A set with all its numbers, or null. */
export async function readNorms(
  { tx, clinicId }: ClinicTransaction,
  id: string,
): Promise<NormPackage | null> {
  const row = await tx
    .selectFrom('norm_package')
    .select('content')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst();
  return (row?.content ?? null) as NormPackage | null;
}
