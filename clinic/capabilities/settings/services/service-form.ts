import { z } from 'zod';
import { type FormResult, type FormValues, readForm } from '../../../platform/web/form.ts';
import {
  chosen,
  hoursAsMinutes,
  hoursInput,
  line,
  longText,
  text,
  ticked,
  whole,
} from '../parts/input-schemas.ts';
import { moneyInput, parseMoney } from '../parts/money-input.ts';

/** What a service is, apart from its id, its address and whether it is in use. */
export interface ServiceFacts {
  readonly name: string;
  readonly summary: string;
  readonly mode: 'site' | 'telehealth';
  readonly priceMinor: number;
  readonly durationMin: number;
  readonly bufferBeforeMin: number;
  readonly bufferAfterMin: number;
  readonly stepMin: number;
  readonly leadMin: number;
  readonly horizonDays: number;
  readonly online: boolean;
  readonly position: number;
  readonly siteIds: readonly string[];
  readonly needs: readonly Need[];
  /** How a visit that somebody books online is paid. */
  readonly payment: 'at_visit' | 'deposit' | 'in_full';
  /** Null unless a deposit is paid. */
  readonly depositMinor: number | null;
  /** The tax within the price; null for none. */
  readonly taxId: string | null;
  readonly procedureCode: string | null;
  /** What to wear and bring, one line each. */
  readonly bring: string;
}

interface Need {
  readonly kind: string;
  readonly count: number;
}

const NEED = 'need ';
const MOST_NEEDED = 8;

/** The field that says how many of a kind are needed. */
export function needField(kind: string): string {
  return `${NEED}${kind}`;
}

function schema(currency: string, siteIds: readonly string[], taxIds: readonly string[]) {
  return z
    .object({
      name: line('a name', 120),
      summary: longText(400),
      mode: z.enum(['site', 'telehealth'], 'Choose how people come'),
      price: price(currency),
      durationMin: whole(5, 480, 'minutes'),
      bufferBeforeMin: whole(0, 120, 'minutes'),
      bufferAfterMin: whole(0, 120, 'minutes'),
      stepMin: whole(5, 120, 'minutes'),
      lead: hoursAsMinutes(336),
      horizonDays: whole(1, 365, 'days'),
      online: ticked,
      position: whole(0, 9999),
      sites: chosen,
      payment: z.enum(['at_visit', 'deposit', 'in_full'], 'Choose how it is paid').default('at_visit'),
      deposit: text(20),
      taxId: text(40).refine((id) => id === '' || taxIds.includes(id), 'Choose a tax again'),
      procedureCode: text(20),
      bring: longText(1000),
    })
    .superRefine(({ mode, sites }, context) => {
      if (mode === 'telehealth') return;
      if (!sites.some((id) => siteIds.includes(id))) {
        context.addIssue({ code: 'custom', path: ['sites'], message: 'Choose at least one site' });
      }
    })
    .superRefine((typed, context) => {
      const message = paymentError(typed, currency);
      if (message)
        context.addIssue({
          code: 'custom',
          path: [typed.payment === 'deposit' ? 'deposit' : 'payment'],
          message,
        });
    });
}

/** What is wrong with the way of paying, or null. */
function paymentError(
  typed: {
    readonly payment: ServiceFacts['payment'];
    readonly deposit: string;
    readonly price: number;
  },
  currency: string,
): string | null {
  if (typed.payment === 'at_visit') return null;
  if (typed.price === 0) return 'It is free, so nothing can be paid online';
  if (typed.payment === 'in_full') return null;
  const deposit = parseMoney(typed.deposit, currency);
  if (!deposit.ok) return typed.deposit === '' ? 'Enter the deposit' : deposit.message;
  if (deposit.minor === 0) return 'A deposit is more than nothing';
  return deposit.minor < typed.price
    ? null
    : 'A deposit is less than the price. Choose to have all of it paid';
}

function price(currency: string): z.ZodType<number> {
  return z
    .string()
    .default('')
    .transform((typed, context) => {
      const result = parseMoney(typed, currency);
      if (result.ok) return result.minor;
      context.addIssue({ code: 'custom', message: result.message });
      return z.NEVER;
    });
}

/** Reads a posted service. Prices are in `currency`; sites other than `siteIds` are ignored, other taxes refused. */
export function readServiceForm(
  body: unknown,
  currency: string,
  siteIds: readonly string[],
  taxIds: readonly string[] = [],
): FormResult<ServiceFacts> {
  const form = readForm(schema(currency, siteIds, taxIds), body);
  const needs = readNeeds(form.values);
  const errors = { ...(form.ok ? {} : form.errors), ...needs.errors };
  if (!form.ok || Object.keys(errors).length > 0) return { ok: false, values: form.values, errors };
  const { price: priceMinor, lead: leadMin, sites, deposit, taxId, procedureCode, ...facts } = form.value;
  const paid = facts.payment === 'deposit' ? parseMoney(deposit, currency) : null;
  const offered = facts.mode === 'site' ? sites.filter((id) => siteIds.includes(id)) : [];
  const value = {
    ...facts,
    priceMinor,
    leadMin,
    siteIds: offered,
    needs: needs.needs,
    depositMinor: paid?.ok ? paid.minor : null,
    taxId: taxId || null,
    procedureCode: procedureCode || null,
  };
  return { ok: true, value, values: form.values };
}

function readNeeds(values: FormValues): { needs: Need[]; errors: Readonly<Record<string, string>> } {
  const needs: Need[] = [];
  const errors: Record<string, string> = {};
  const fields = Object.keys(values).filter((name) => name.startsWith(NEED) && name.length <= 80);
  for (const field of fields) {
    const typed = values[field]?.trim() ?? '';
    const kind = field.slice(NEED.length);
    if (typed === '' || typed === '0') continue;
    if (/^\d$/.test(typed) && Number(typed) <= MOST_NEEDED) needs.push({ kind, count: Number(typed) });
    else errors[field] = `Enter how many of “${kind}” a visit needs, from 0 to ${MOST_NEEDED}`;
  }
  if (needs.length === 0 && Object.keys(errors).length === 0) {
    errors[fields[0] ?? 'form'] = 'A visit needs at least one of these';
  }
  return { needs, errors };
}

/** The fields of a service as it is. */
export function serviceValues(facts: ServiceFacts, currency: string): FormValues {
  return {
    name: facts.name,
    summary: facts.summary,
    mode: facts.mode,
    price: moneyInput(facts.priceMinor, currency),
    durationMin: String(facts.durationMin),
    bufferBeforeMin: String(facts.bufferBeforeMin),
    bufferAfterMin: String(facts.bufferAfterMin),
    stepMin: String(facts.stepMin),
    lead: hoursInput(facts.leadMin),
    horizonDays: String(facts.horizonDays),
    online: facts.online ? 'yes' : '',
    position: String(facts.position),
    sites: facts.siteIds.join('\n'),
    payment: facts.payment,
    deposit: facts.depositMinor === null ? '' : moneyInput(facts.depositMinor, currency),
    taxId: facts.taxId ?? '',
    procedureCode: facts.procedureCode ?? '',
    bring: facts.bring,
    ...Object.fromEntries(facts.needs.map(({ kind, count }) => [needField(kind), String(count)])),
  };
}

/** What a new service starts from. */
export const NEW_SERVICE: FormValues = {
  mode: 'site',
  durationMin: '30',
  bufferBeforeMin: '0',
  bufferAfterMin: '0',
  stepMin: '15',
  lead: '2',
  horizonDays: '60',
  online: 'yes',
  payment: 'at_visit',
};
