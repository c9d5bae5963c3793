import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { foldName } from '../../../platform/names/fold-name.ts';
import { digitsOf } from './find-people.ts';
import { similarNames } from './similar-names.ts';

/** What is known of somebody who may have a record already. */
export interface Known {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** A record that may be the same person's, and why. */
export interface Duplicate extends Known {
  readonly id: string;
  readonly reasons: readonly string[];
}

const MOST = 10;

/**
 * Records that may belong to the same person: born on the same day with a similar name, or with the same e-mail
 * address or telephone number. Families share those, so a person decides; nothing is ever merged by itself.
 */
export async function likelyDuplicates(
  { tx, clinicId }: ClinicTransaction,
  person: Known,
  exceptId: string | null,
): Promise<readonly Duplicate[]> {
  const phone = digitsOf(person.phone);
  const terms = [
    ...(person.email ? [`e:${person.email.toLowerCase()}`] : []),
    ...(phone ? [`p:${phone}`] : []),
  ];
  const { rows } = await sql<{
    id: string;
    given_name: string;
    family_name: string;
    search_name: string;
    birth_date: string | null;
    email: string | null;
    phone: string | null;
  }>`
    select id, given_name, family_name, search_name, birth_date, email, phone from patient
    where clinic_id = ${clinicId} and merged_into is null and id is distinct from ${exceptId}::uuid
      and id in (
        select id from patient where clinic_id = ${clinicId} and birth_date = ${person.birthDate}::date
        union
        select patient_id from patient_word where clinic_id = ${clinicId} and term = any(${terms}))
    order by created_at limit 200`.execute(tx);
  const name = foldName(`${person.familyName} ${person.givenName}`);
  return rows
    .map((row) => ({
      id: row.id,
      givenName: row.given_name,
      familyName: row.family_name,
      birthDate: row.birth_date,
      email: row.email,
      phone: row.phone,
      reasons: [
        ...(person.birthDate !== null &&
        row.birth_date === person.birthDate &&
        similarNames(name, row.search_name)
          ? ['born on the same day, similar name']
          : []),
        ...(person.email && row.email === person.email.toLowerCase() ? ['same e-mail address'] : []),
        ...(phone !== null && digitsOf(row.phone) === phone ? ['same telephone number'] : []),
      ],
    }))
    .filter((duplicate) => duplicate.reasons.length > 0)
    .sort((a, b) => b.reasons.length - a.reasons.length)
    .slice(0, MOST);
}
