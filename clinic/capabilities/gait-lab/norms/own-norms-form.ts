import { z } from 'zod';
import { type FormErrors, type FormValues, readForm } from '../../../platform/web/form.ts';
import { line } from '../../settings/index.ts';
import type { ReferenceSession } from './reference-sessions.ts';

const schema = z.object({
  name: line('a name', 200),
  population: line('whose walks these are', 300),
  licence: line('what may be done with it', 200),
  citation: line('how it is cited', 300),
});

export type TypedOwnNorms = z.infer<typeof schema>;

export function readOwnNorms(
  body: unknown,
): { readonly ok: true; readonly value: TypedOwnNorms } | ({ readonly ok: false } & FormErrors) {
  return readForm(schema, body);
}

/** What narrows the list. */
export interface SessionFilter {
  readonly footwear: '' | 'barefoot' | 'shod';
  readonly from: number | null;
  readonly to: number | null;
}

export function readFilter(values: FormValues): SessionFilter {
  const age = (text = '') => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : null);
  const { footwear } = values;
  return {
    footwear: footwear === 'barefoot' || footwear === 'shod' ? footwear : '',
    from: age(values.from),
    to: age(values.to),
  };
}

/** Sessions that the filter lets through, and those that were ticked before whatever it says. */
export function filtered(
  sessions: readonly ReferenceSession[],
  { footwear, from, to }: SessionFilter,
  ticked: ReadonlySet<string>,
): readonly ReferenceSession[] {
  return sessions.filter(
    (one) =>
      ticked.has(one.studyId) ||
      ((footwear === '' || one.footwear === footwear) &&
        (from === null || (one.ageYears !== null && one.ageYears >= from)) &&
        (to === null || (one.ageYears !== null && one.ageYears <= to))),
  );
}
