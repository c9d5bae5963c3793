import { z } from 'zod';
import { type FormResult, type FormValues, readForm } from '../../../platform/web/form.ts';
import { line, longText, ticked, whole } from '../../settings/index.ts';
import { amountInput, readAmount } from '../core/amount.ts';

/** One part of a package: some visits of a service, or something without a service. Minor units, tax included. */
export interface PartFacts {
  readonly serviceId: string | null;
  readonly label: string | null;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly taxId: string | null;
}

export interface ProductFacts {
  readonly kind: 'package' | 'fee';
  readonly name: string;
  readonly summary: string;
  readonly bring: string;
  readonly steps: string;
  readonly validMonths: number | null;
  readonly online: boolean;
  readonly position: number;
  readonly parts: readonly PartFacts[];
}

/** What a part may name. */
export interface Choices {
  readonly serviceIds: readonly string[];
  readonly taxIds: readonly string[];
  readonly currency: string;
  readonly locale: string;
}

/** How many parts a form takes. */
export const MOST_PARTS = 8;
const MOST_TOTAL_MINOR = 100_000_000;

export type PartField = 'service' | 'label' | 'quantity' | 'unit' | 'tax';

export function partField(index: number, what: PartField): string {
  return `part-${index}-${what}`;
}

const months: z.ZodType<number | null> = z
  .string()
  .default('')
  .transform((value) => value.trim())
  .refine(
    (value) => value === '' || (/^\d{1,2}$/.test(value) && Number(value) >= 1 && Number(value) <= 60),
    'Enter months from 1 to 60, or leave it empty',
  )
  .transform((value) => (value === '' ? null : Number(value)));

const schema = z.object({
  kind: z.enum(['package', 'fee'], 'Choose what it is'),
  name: line('a name', 120),
  summary: longText(500),
  bring: longText(1000),
  steps: longText(2000).refine(
    (text) => text.split('\n').every((one) => one.trim() === '' || /^[^:]+:\s*\S/.test(one.trim())),
    'Write each step as a title, a colon and a text, such as “Report: usually within two days”',
  ),
  validMonths: months,
  online: ticked,
  position: whole(0, 9999),
});

/** Reads a posted product with its parts; rows in which nothing was typed are left out. */
export function readProductForm(body: unknown, choices: Choices): FormResult<ProductFacts> {
  const form = readForm(schema, body);
  const read = readParts(form.values, choices);
  const errors: Record<string, string> = { ...(form.ok ? {} : form.errors), ...read.errors };
  const kind = form.values.kind;
  if (Object.keys(read.errors).length === 0) Object.assign(errors, partsErrors(kind, read.parts));
  if (form.ok && form.value.kind === 'fee' && form.value.online)
    errors.online ??= 'A fee is sold at the desk alone. Make it a package to sell it online';
  if (!form.ok || Object.keys(errors).length > 0) return { ok: false, values: form.values, errors };
  return { ok: true, value: { ...form.value, parts: read.parts }, values: form.values };
}

function partsErrors(
  kind: string | undefined,
  parts: readonly PartFacts[],
): Readonly<Record<string, string>> {
  const at = partField(0, 'unit');
  if (parts.length === 0) return { [at]: 'Enter at least one part with its price' };
  if (kind === 'fee' && (parts.length > 1 || parts.some((one) => one.serviceId !== null)))
    return { [at]: 'A fee has one part, and no service' };
  if (kind === 'package' && parts.every((one) => one.serviceId === null))
    return { [partField(0, 'service')]: 'A package has at least one visit that can be booked' };
  const total = totalOf(parts);
  if (total === 0) return { [at]: 'Something must be paid for it' };
  return total > MOST_TOTAL_MINOR ? { [at]: 'That is more than can be sold here' } : {};
}

/** What all parts cost together. */
export function totalOf(parts: readonly Pick<PartFacts, 'quantity' | 'unitMinor'>[]): number {
  return parts.reduce((sum, one) => sum + one.quantity * one.unitMinor, 0);
}

function readParts(values: FormValues, choices: Choices) {
  const parts: PartFacts[] = [];
  const errors: Record<string, string> = {};
  for (let index = 0; index < MOST_PARTS; index++) {
    const typed = (what: PartField) => values[partField(index, what)]?.trim() ?? '';
    if (typed('service') === '' && typed('label') === '' && typed('unit') === '') continue;
    const wrong = (what: PartField, message: string) => {
      errors[partField(index, what)] = `Part ${index + 1}: ${message}`;
    };
    const serviceId = typed('service') || null;
    if (serviceId && !choices.serviceIds.includes(serviceId)) wrong('service', 'choose a service again');
    const label = typed('label') || null;
    if (!serviceId && !label) wrong('label', 'say what it is');
    if (label && label.length > 120) wrong('label', 'keep it under 121 characters');
    const quantity = typed('quantity') || '1';
    if (!/^\d{1,3}$/.test(quantity) || Number(quantity) < 1 || Number(quantity) > 100)
      wrong('quantity', 'enter how many, from 1 to 100');
    const unit = readAmount(typed('unit'), choices.currency, choices.locale, 0);
    if (!unit.ok) wrong('unit', unit.message);
    const taxId = typed('tax') || null;
    if (taxId && !choices.taxIds.includes(taxId)) wrong('tax', 'choose a tax again');
    parts.push({ serviceId, label, quantity: Number(quantity), unitMinor: unit.ok ? unit.minor : 0, taxId });
  }
  return { parts, errors };
}

/** The fields of a product as it is. */
export function productValues(facts: ProductFacts, currency: string, locale: string): FormValues {
  const parts = facts.parts.flatMap((part, index) => [
    [partField(index, 'service'), part.serviceId ?? ''],
    [partField(index, 'label'), part.label ?? ''],
    [partField(index, 'quantity'), String(part.quantity)],
    [partField(index, 'unit'), amountInput(part.unitMinor, currency, locale)],
    [partField(index, 'tax'), part.taxId ?? ''],
  ]);
  return {
    kind: facts.kind,
    name: facts.name,
    summary: facts.summary,
    bring: facts.bring,
    steps: facts.steps,
    validMonths: facts.validMonths === null ? '' : String(facts.validMonths),
    online: facts.online ? 'yes' : '',
    position: String(facts.position),
    ...Object.fromEntries(parts),
  };
}
