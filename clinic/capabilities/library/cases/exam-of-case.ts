import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Exam, SignedContent } from '../../imaging/index.ts';
import type { CaseNumber } from './case-content.ts';
import type { KnownOfPerson } from './find-tells.ts';

/** Where the clinic's houses stand: names that could tell who was there. */
export interface House {
  readonly sites: readonly { readonly name: string; readonly city: string }[];
}

/** Every number of a signed report as a case may show it. */
export function numbersOf({ measurements }: Pick<SignedContent, 'measurements'>): readonly CaseNumber[] {
  return measurements.map(
    ({ code, bodySite, side, label, value, unit, standardError, minimalDetectableChange, citation }) => ({
      ...{ code, bodySite, side, label, value, unit, standardError, minimalDetectableChange, citation },
    }),
  );
}

/** A number of a report by what it is about. */
export function numberKey({ code, bodySite, side }: Pick<CaseNumber, 'code' | 'bodySite' | 'side'>): string {
  return [code, bodySite ?? '', side ?? ''].join('|');
}

/** The numbers of a case that the signed report does not say, or says otherwise. */
export function strayNumbers(
  numbers: readonly CaseNumber[],
  signed: Pick<SignedContent, 'measurements'>,
): readonly CaseNumber[] {
  const told = new Map(signed.measurements.map((one) => [numberKey(one), one]));
  return numbers.filter((number) => {
    const same = told.get(numberKey(number));
    return !(
      same &&
      same.value === number.value &&
      same.unit === number.unit &&
      same.standardError === number.standardError
    );
  });
}

/** What a text about this examination must not tell. */
export async function knownOf(
  { tx, clinicId }: ClinicTransaction,
  exam: Pick<Exam, 'id' | 'accession' | 'studyUid' | 'patient'>,
  clinic: House,
): Promise<KnownOfPerson> {
  const person = await tx
    .selectFrom('patient')
    .select(['email', 'phone'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', exam.patient.id)
    .executeTakeFirst();
  const { givenName, familyName, birthDate } = exam.patient;
  return {
    ...{ givenName, familyName, birthDate },
    email: person?.email ?? null,
    phone: person?.phone ?? null,
    ids: [exam.accession, exam.studyUid, exam.id, exam.patient.id],
    places: clinic.sites.flatMap(({ name, city }) => [name, city]),
  };
}
