import { DoorError } from '../door-error.ts';
import { type Key, keyOf } from './keys.ts';

export type Level = 'study' | 'series' | 'instance';

/** What one key must be. */
export type Wish =
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  /** `*` and `?` stand for any characters and for one. */
  | { readonly kind: 'like'; readonly pattern: string }
  /** Every word begins one of the name's. */
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** Both ends included, empty where open. */
  | { readonly kind: 'range'; readonly from: string; readonly to: string };

/** A search as a program asked for it. */
export interface Search {
  readonly level: Level;
  readonly wishes: readonly { readonly key: Key; readonly wish: Wish }[];
  /** Tags beside the usual ones, or everything that there is. */
  readonly include: 'all' | readonly string[];
  readonly limit: number;
  readonly offset: number;
  /** Names of parameters that were left out of account. */
  readonly ignored: readonly string[];
}

const ORDER: readonly Level[] = ['study', 'series', 'instance'];
const TAG = /^[0-9A-F]{8}$/i;
const UID = /^[0-9.]{1,64}$/;
const MOST_RESULTS = 5_000;
const MOST_VALUE = 256;
/** So many where the program does not say: within a study it wants all of it. */
const USUAL = { everywhere: 100, within: 1_000 } as const;

export interface SearchPlace {
  readonly study?: string;
  readonly series?: string;
}

/**
 * Reads the parameters of a search, and what its address says already.
 *
 * Source: DICOM PS3.18 sections 8.3.4 and 10.6.
 * @throws DoorError 400 where a value cannot be one of its key
 */
export function searchOf(level: Level, place: SearchPlace, parameters: URLSearchParams): Search {
  const wishes: { key: Key; wish: Wish }[] = [];
  const [include, ignored]: [string[], string[]] = [[], []];
  const isFuzzy = parameters.get('fuzzymatching') === 'true';
  const add = (name: string, text: string) => {
    const key = keyOf(name);
    if (!key || ORDER.indexOf(key.level) > ORDER.indexOf(level)) ignored.push(name.slice(0, 64));
    else {
      const wish = wishOf(key, text.slice(0, key.matching === 'uids' ? 65_536 : MOST_VALUE), isFuzzy);
      if (wish) wishes.push({ key, wish });
    }
  };
  if (place.study !== undefined) add('StudyInstanceUID', place.study);
  if (place.series !== undefined) add('SeriesInstanceUID', place.series);
  for (const [name, text] of parameters)
    if (name === 'includefield') include.push(...text.split(','));
    else if (!['limit', 'offset', 'fuzzymatching', 'accept'].includes(name)) add(name, text);
  return {
    ...{ level, wishes, ignored },
    include: include.includes('all') ? 'all' : include.map(tagOf).filter((tag) => tag !== null),
    limit: Math.min(
      MOST_RESULTS,
      count(parameters, 'limit', place.study === undefined ? USUAL.everywhere : USUAL.within),
    ),
    offset: count(parameters, 'offset', 0),
  };
}

function tagOf(name: string): string | null {
  return TAG.test(name) ? name.toUpperCase() : (keyOf(name)?.tag ?? null);
}

function count(parameters: URLSearchParams, name: string, usual: number): number {
  const text = parameters.get(name);
  if (text === null || text === '') return usual;
  if (!/^\d{1,9}$/.test(text))
    throw new DoorError(400, `${name} is a whole number, not ${text.slice(0, 40)}.`);
  return Number(text);
}

/** Null where anything will do. */
function wishOf({ keyword, matching }: Key, text: string, isFuzzy: boolean): Wish | null {
  const plain = text.trim();
  if (plain === '' || /^\*+$/.test(plain)) return null;
  if (matching === 'uids') return listOf(keyword, plain);
  if (matching === 'range') return rangeOf(keyword, plain);
  if (matching === 'name' && isFuzzy)
    return {
      kind: 'words',
      words: plain
        .toLowerCase()
        .split(/[\s^=,*?]+/)
        .filter((word) => word !== ''),
    };
  const value = matching === 'name' ? plain.toLowerCase().replace(/[\^ ]+$/, '') : plain;
  return /[*?]/.test(value) ? { kind: 'like', pattern: value } : { kind: 'one-of', values: [value] };
}

function listOf(keyword: string, text: string): Wish {
  const values = text
    .split(/[,\\]/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (keyword.endsWith('UID') && !values.every((value) => UID.test(value)))
    throw new DoorError(400, `${keyword} is a UID, or several divided by commas.`);
  return { kind: 'one-of', values };
}

function rangeOf(keyword: string, text: string): Wish {
  const isDate = keyword.endsWith('Date');
  const part = isDate ? '(\\d{8})?' : '(\\d{2}(?:\\d{2}(?:\\d{2}(?:\\.\\d{1,6})?)?)?)?';
  const [, from = '', dash, to = ''] = new RegExp(`^${part}(-)?${part}$`).exec(text) ?? [];
  if ((from === '' && to === '') || (!dash && to !== ''))
    throw new DoorError(400, `${keyword} is ${isDate ? 'YYYYMMDD' : 'HHMMSS'}, or a range such as from-to.`);
  const end = dash ? to : from;
  // 0930 is all of that minute.
  return { kind: 'range', from, to: isDate || end === '' ? end : end.padEnd(6, '9').padEnd(13, '.999999') };
}
