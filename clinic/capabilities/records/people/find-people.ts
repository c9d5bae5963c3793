import { dateAt } from '@rectus/schedule';
import { type RawBuilder, sql } from 'kysely';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import { soundKey } from '../../../platform/names/sound-key.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { type PeopleQuery, readQuery } from './read-query.ts';
import { nameDistance } from './similar-names.ts';

/** Somebody who was found. Instants in epoch milliseconds. */
export interface PersonFound {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly nextVisit: { readonly start: number; readonly siteId: string | null } | null;
}

interface Row {
  id: string;
  given_name: string;
  family_name: string;
  search_name: string;
  birth_date: string | null;
  email: string | null;
  phone: string | null;
  next_start: Date | null;
  next_site: string | null;
}

/** More candidates than this are not ranked: the query says too little. */
const CANDIDATES = 500;
/** Below so many exact finds, slips of the finger at the middle of a word are looked for too. */
const ENOUGH = 5;
/** After every character of text: the end of a range of words that begin alike. */
const LAST = '\u{10FFFF}';
const SHARED_LETTERS = 2;

/**
 * Finds people by words of the name in any order, misheard or mistyped, by date of birth, e-mail address or telephone
 * number; the likeliest first. Merged records are left out. An empty query finds nobody.
 */
export async function findPeople(
  context: ClinicContext,
  clinic: Clinic,
  text: string,
  now: number,
  limit = 20,
): Promise<readonly PersonFound[]> {
  const query = readQuery(text, dateAt(now, clinic.timeZone));
  const rows = await inClinic(context, (tx) => candidates(tx, query, now));
  return rank(rows, query).slice(0, limit).map(personOf);
}

async function candidates(
  clinic: ClinicTransaction,
  query: PeopleQuery,
  now: number,
): Promise<readonly Row[]> {
  const exact = await idsOf(clinic, [...byName(query, false), ...byFacts(query)]);
  const isName = query.words.some((word) => word.length > SHARED_LETTERS);
  const loose = isName && exact.length < ENOUGH ? await idsOf(clinic, byName(query, true)) : [];
  const ids = [...new Set([...exact, ...loose])];
  return ids.length === 0 ? [] : readRows(clinic, ids, now);
}

/** The union of several ways to be a candidate, each of which an index answers. */
async function idsOf(
  clinic: ClinicTransaction,
  ways: readonly RawBuilder<unknown>[],
): Promise<readonly string[]> {
  if (ways.length === 0) return [];
  const all = sql.join(
    ways.map((way) => sql`(${way})`),
    sql` union `,
  );
  const { rows } = await sql<{
    patient_id: string;
  }>`select patient_id from (${all}) found limit ${CANDIDATES}`.execute(clinic.tx);
  return rows.map((row) => row.patient_id);
}

/** People who have all the words, each as a beginning or by its sound; loosely, by its first letters alone. */
function byName(query: PeopleQuery, loosely: boolean): readonly RawBuilder<unknown>[] {
  if (query.words.length === 0) return [];
  const words = query.words.map(
    (word) => sql`(${loosely ? begins(word.slice(0, SHARED_LETTERS)) : likeWord(word)})`,
  );
  return [sql.join(words, sql` intersect `)];
}

function likeWord(word: string): RawBuilder<unknown> {
  const key = word.length > 2 ? soundKey(word) : '';
  return key === '' ? begins(word) : sql`${begins(word)} union ${term(`s:${key}`)}`;
}

function begins(letters: string): RawBuilder<unknown> {
  const first = `w:${letters}`;
  return sql`select patient_id from patient_word where clinic_id = (select current_clinic())
    and term >= ${first} and term < ${first + LAST}`;
}

function term(text: string): RawBuilder<unknown> {
  return sql`select patient_id from patient_word where clinic_id = (select current_clinic()) and term = ${text}`;
}

function byFacts(query: PeopleQuery): readonly RawBuilder<unknown>[] {
  return [
    ...query.birthDates.map(
      (date) =>
        sql`select id as patient_id from patient where clinic_id = (select current_clinic()) and birth_date = ${date}::date`,
    ),
    ...(query.email ? [term(`e:${query.email}`)] : []),
    ...(query.phoneDigits ? [term(`p:${query.phoneDigits}`)] : []),
  ];
}

async function readRows(
  { tx }: ClinicTransaction,
  ids: readonly string[],
  now: number,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select p.id, p.given_name, p.family_name, p.search_name, p.birth_date, p.email, p.phone,
      next.starts_at as next_start, next.site_id as next_site
    from patient p
    left join lateral (
      select a.starts_at, a.site_id from appointment a
      where a.clinic_id = p.clinic_id and a.patient_id = p.id and a.starts_at >= ${new Date(now).toISOString()}::timestamptz
        and a.status <> 'cancelled'
      order by a.starts_at limit 1
    ) next on true
    where p.clinic_id = (select current_clinic()) and p.id = any(${ids as string[]}::uuid[]) and p.merged_into is null`.execute(
    tx,
  );
  return rows;
}

/** The nearest names first; who was born on the day that was asked for before everybody else. */
function rank(rows: readonly Row[], query: PeopleQuery): readonly Row[] {
  const factsAsked = query.birthDates.length > 0 || query.email !== null || query.phoneDigits !== null;
  return rows
    .map((row) => ({
      row,
      distance: nameDistance(query.words, row.search_name.split(' ')),
      facts: factsOf(row, query),
    }))
    .filter(
      ({ distance, facts }) =>
        (query.words.length > 0 && Number.isFinite(distance)) || (factsAsked && facts > 0),
    )
    .sort(
      (a, b) =>
        b.facts + closeness(b.distance) - (a.facts + closeness(a.distance)) ||
        a.row.search_name.localeCompare(b.row.search_name),
    )
    .map(({ row }) => row);
}

/** From 0 for a name that is nothing like it to just under 1 for the very name. */
function closeness(distance: number): number {
  return Number.isFinite(distance) ? 0.9 / (1 + distance) : 0;
}

function factsOf(row: Row, query: PeopleQuery): number {
  const born = row.birth_date !== null && query.birthDates.includes(row.birth_date) ? 1 : 0;
  const mailed = query.email !== null && row.email?.toLowerCase() === query.email ? 1 : 0;
  const called = query.phoneDigits !== null && digitsOf(row.phone) === query.phoneDigits ? 1 : 0;
  return born + mailed + called;
}

/** What two ways to write a telephone number have in common: its last nine digits. Null without a number. */
export function digitsOf(phone: string | null): string | null {
  const digits = phone?.replace(/\D/g, '').slice(-9) ?? '';
  return digits.length >= 6 ? digits : null;
}

function personOf(row: Row): PersonFound {
  return {
    id: row.id,
    givenName: row.given_name,
    familyName: row.family_name,
    birthDate: row.birth_date,
    email: row.email,
    phone: row.phone,
    nextVisit: row.next_start ? { start: row.next_start.getTime(), siteId: row.next_site } : null,
  };
}
