import { ahead, type ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { newId } from '../../../platform/database/new-id.ts';
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
 * The patient with exactly this name, date of birth and e-mail address, or null. Anything less than all three makes
 * a new patient, and the desk decides whether two are the same person.
 */
export async function findPatient(
  { tx, clinicId }: ClinicTransaction,
  person: PersonInput,
): Promise<string | null> {
  const email = emailOf(person);
  if (!person.birthDate || !email) return null;
  const known = await tx
    .selectFrom('patient')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('email', '=', email)
    .where('birth_date', '=', person.birthDate)
    .where('search_name', '=', searchName(person.givenName, person.familyName))
    .where('merged_into', 'is', null)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  return known?.id ?? null;
}

/** Adds somebody who was not here before. */
export async function addPatient(clinic: ClinicTransaction, person: PersonInput): Promise<string> {
  const id = newId();
  await ahead(clinic)
    .tx.insertInto('patient')
    .values({
      clinic_id: clinic.clinicId,
      id,
      given_name: person.givenName.trim(),
      family_name: person.familyName.trim(),
      search_name: searchName(person.givenName, person.familyName),
      sound_name: soundName(person.givenName, person.familyName),
      birth_date: person.birthDate,
      email: emailOf(person),
      phone: person.phone?.trim() || null,
    })
    .execute();
  return id;
}

function emailOf(person: PersonInput): string | null {
  return person.email?.trim().toLowerCase() ?? null;
}
