import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { foldName } from '../../../platform/names/fold-name.ts';
import { soundName } from '../../../platform/names/sound-key.ts';

/** A person as a form describes them. `birthDate` is YYYY-MM-DD. */
export interface PersonInput {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** A name as search compares it: without case, accents and punctuation; family name first. */
export function searchName(givenName: string, familyName: string): string {
  return foldName(`${familyName} ${givenName}`);
}

/**
 * The patient with exactly this name, date of birth and e-mail address, or a new one. Anything less than all three
 * makes a new patient, and the desk decides whether two are the same person.
 */
export async function findOrAddPatient(
  { tx, clinicId }: ClinicTransaction,
  person: PersonInput,
): Promise<string> {
  const search = searchName(person.givenName, person.familyName);
  const email = person.email?.trim().toLowerCase() ?? null;
  if (person.birthDate && email) {
    const known = await tx
      .selectFrom('patient')
      .select('id')
      .where('clinic_id', '=', clinicId)
      .where('email', '=', email)
      .where('birth_date', '=', person.birthDate)
      .where('search_name', '=', search)
      .where('merged_into', 'is', null)
      .orderBy('created_at')
      .limit(1)
      .executeTakeFirst();
    if (known) return known.id;
  }
  const { id } = await tx
    .insertInto('patient')
    .values({
      clinic_id: clinicId,
      given_name: person.givenName.trim(),
      family_name: person.familyName.trim(),
      search_name: search,
      sound_name: soundName(person.givenName, person.familyName),
      birth_date: person.birthDate,
      email,
      phone: person.phone?.trim() || null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
