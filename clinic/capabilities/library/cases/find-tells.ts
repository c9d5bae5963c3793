import { foldName } from '../../../platform/names/fold-name.ts';

/** What is known of the person and the examination that a case is made of. */
export interface KnownOfPerson {
  readonly givenName: string;
  readonly familyName: string;
  /** YYYY-MM-DD. */
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** Numbers that lead to the person: accession, record and study identifiers. */
  readonly ids: readonly string[];
  /** Names of places that narrow down who it is: towns of the clinic's houses, their names. */
  readonly places: readonly string[];
}

export type TellKind = 'name' | 'birth-date' | 'contact' | 'id' | 'date' | 'place';

/** Words in a text that could tell who it is about. */
export interface Tell {
  readonly kind: TellKind;
  /** As they stand in the text. */
  readonly found: string;
  /** Names, birth dates, addresses and numbers never stay; a place or a date may, when a person looked at it. */
  readonly mayStand: boolean;
}

export const TELL_WORDS: Readonly<Record<TellKind, string>> = {
  name: 'the patient’s name',
  'birth-date': 'the patient’s date of birth',
  contact: 'an address or a telephone number',
  id: 'a number that leads to the patient',
  date: 'a date',
  place: 'a place',
};

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const MONTH_WORD = `(?:${MONTHS})[a-z]*\\.?`;
/** Days as people write them: 3 May 2026, May 3rd, 2026-05-03, 03/05/26, 3.5.2026. */
const DATES = new RegExp(
  [
    `\\b\\d{1,2}(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?${MONTH_WORD}(?:,?\\s+\\d{4})?\\b`,
    `\\b${MONTH_WORD}\\s+\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?\\b`,
    `\\b${MONTH_WORD}\\s+(?:19|20)\\d\\d\\b`,
    '\\b(?:19|20)\\d\\d-\\d{2}-\\d{2}\\b',
    '\\b(?:19|20)\\d{6}\\b',
    '\\b\\d{1,2}[./]\\s?\\d{1,2}[./]\\s?(?:\\d{4}|\\d{2})\\b',
  ].join('|'),
  'giu',
);
const CONTACTS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d ()/-]{7,}\d/gu;
const IDS =
  /\b[A-Z]{2}\d{3,}\b|\b[0-2](?:\.(?:0|[1-9]\d*)){3,}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu;

/** Everything in a text that could tell who it is about, each finding once, in the order of the text. */
export function findTells(text: string, known: KnownOfPerson): readonly Tell[] {
  const tells = new Map<string, Tell & { readonly at: number }>();
  const add = (kind: TellKind, found: string, at: number) => {
    const key = found.toLowerCase();
    if (!tells.has(key)) tells.set(key, { kind, found, at, mayStand: kind === 'date' || kind === 'place' });
  };
  const born = birthDateForms(known.birthDate);
  for (const { 0: found, index } of text.matchAll(DATES))
    add(born.some((form) => sameDay(form, found)) ? 'birth-date' : 'date', found, index);
  for (const { 0: found, index } of text.matchAll(CONTACTS))
    if (!isDate(found)) add('contact', found.trim(), index);
  for (const { 0: found, index } of text.matchAll(IDS)) add('id', found, index);
  for (const id of [...known.ids, ...compact([known.email, known.phone])]) {
    const index = text.toLowerCase().indexOf(id.toLowerCase());
    if (id.length > 2 && index >= 0) add('id', text.slice(index, index + id.length), index);
  }
  for (const { found, index } of wordsWithin(text, namesOf(known))) add('name', found, index);
  for (const { found, index } of wordsWithin(text, known.places.map(foldName))) add('place', found, index);
  return [...tells.values()].sort((a, b) => a.at - b.at).map(({ at: _, ...tell }) => tell);
}

/** Those findings that nobody let stand. A name can never be let stand. */
export function openTells(tells: readonly Tell[], letStand: readonly string[]): readonly Tell[] {
  const stands = new Set(letStand.map((words) => words.toLowerCase()));
  return tells.filter(({ found, mayStand }) => !mayStand || !stands.has(found.toLowerCase()));
}

/** Parts of a name of one letter, and "de" or "van", say nothing. */
function namesOf({ givenName, familyName }: KnownOfPerson): readonly string[] {
  const small = new Set([
    'de',
    'da',
    'do',
    'dos',
    'van',
    'von',
    'der',
    'den',
    'la',
    'le',
    'el',
    'al',
    'e',
    'y',
  ]);
  const parts = [givenName, familyName].flatMap((name) => foldName(name).split(' '));
  return parts.filter((part) => part !== '' && !small.has(part) && !/^[a-z]$/.test(part));
}

/** Where folded words stand in a text, as they are written there. */
function wordsWithin(text: string, wanted: readonly string[]): { found: string; index: number }[] {
  const names = wanted.filter((name) => name !== '').map((name) => name.split(' '));
  const words = [...text.matchAll(/[\p{L}\p{N}\p{M}'’-]+/gu)].flatMap((match) => {
    const folded = foldName(match[0].replace(/['’]s$/u, ''));
    return folded === '' ? [] : [{ raw: match[0], index: match.index, parts: folded.split(' ') }];
  });
  const flat = words.flatMap(({ raw, index, parts }) => parts.map((part) => ({ raw, index, part })));
  return flat.flatMap((word, at) =>
    names
      .filter((name) => name.every((part, n) => flat[at + n]?.part === part))
      .map((name) => {
        const last = flat[at + name.length - 1] ?? word;
        return { found: text.slice(word.index, last.index + last.raw.length), index: word.index };
      }),
  );
}

/** The day of birth in digits, year first and day first, as dates are compared. */
function birthDateForms(birthDate: string | null): readonly (readonly number[])[] {
  if (!birthDate) return [];
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  return [
    [year, month, day],
    [day, month, year],
    [month, day, year],
    [day, month, year % 100],
    [day, month],
    [month, day],
    [month, year],
  ];
}

function sameDay(form: readonly number[], found: string): boolean {
  const digits = numbersOf(found);
  return digits.length === form.length && digits.every((value, at) => value === form[at]);
}

function numbersOf(found: string): readonly number[] {
  const plain = /^(\d{4})(\d{2})(\d{2})$/.exec(found);
  if (plain) return plain.slice(1).map(Number);
  const months = MONTHS.split('|');
  return [...found.toLowerCase().matchAll(/\d+|[a-z]{3,}/g)].flatMap(([part]) => {
    const month = months.indexOf(part.slice(0, 3)) + 1;
    return /^\d/.test(part) ? [Number(part)] : month > 0 ? [month] : [];
  });
}

function isDate(text: string): boolean {
  return /^(?:19|20)\d{6}$|^(?:19|20)\d\d-\d{2}-\d{2}$/.test(text.trim());
}

function compact(values: readonly (string | null)[]): readonly string[] {
  return values.filter((value) => value !== null);
}
