import type { ClipSays } from '../core/clip-facts.ts';

/** Whose a clip is said to be, as far as it is said. */
export type Person = Pick<ClipSays, 'name' | 'patientId' | 'birthDate'>;

/**
 * Whether two descriptions are of different people: by their ids where both have one, else by name and birth date. What is
 * not said contradicts nothing.
 */
export function areDifferent(one: Person, other: Person): boolean {
  if (one.patientId && other.patientId) return one.patientId.trim() !== other.patientId.trim();
  if (one.birthDate && other.birthDate && one.birthDate !== other.birthDate) return true;
  const [a, b] = [plainName(one.name), plainName(other.name)];
  return a !== '' && b !== '' && a !== b;
}

/** A name in DICOM's form without case, accents, empty parts and other ways to write it. */
export function plainName(name: string | null): string {
  return (name ?? '')
    .split('=')[0]
    ?.normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[\s^]+/)
    .filter((part) => part !== '')
    .join(' ') as string;
}

/** A name in DICOM's form as people write it: given name first. */
export function spokenName(name: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = (name.split('=')[0] ?? '').split(
    '^',
  );
  return [prefix, given, middle, family, suffix]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
}

/** The person of a record as a DICOM file would say it. */
export function personOf(patient: {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string | null;
}): Person {
  return {
    patientId: patient.id,
    name: `${patient.familyName}^${patient.givenName}`,
    birthDate: patient.birthDate?.replaceAll('-', '') ?? null,
  };
}

/** Whose a file says it is, in words: "Ana Duarte, born 1972-01-01". */
export function saysWords({ name, birthDate }: Pick<Person, 'name' | 'birthDate'>): string {
  const said = [name ? spokenName(name) : '', birthDate ? `born ${dayWords(birthDate)}` : ''];
  return said.filter((part) => part !== '').join(', ') || 'nobody by name';
}

/** A date in DICOM's form, 19900514, as 1990-05-14. */
export function dayWords(day: string): string {
  return /^\d{8}$/.test(day) ? `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` : day;
}
