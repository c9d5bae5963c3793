import type { KnownMeasurements, LabSettings } from '@rectus/gait';
import { z } from 'zod';
import { type FormErrors, type FormValues, readForm } from '../../../platform/web/form.ts';
import type { SessionInput } from '../core/session-input.ts';
import type { Study, Trial } from '../core/study.ts';

/** A measurement as the form asks for it: its name, its words, its unit and what a person can have. */
export interface AskedMeasurement {
  readonly name: string;
  readonly label: string;
  readonly unit: 'kg' | 'mm';
  readonly least: number;
  readonly most: number;
}

export const ASKED: readonly AskedMeasurement[] = [
  { name: 'massKg', label: 'Body mass', unit: 'kg', least: 5, most: 400 },
  { name: 'heightMm', label: 'Height', unit: 'mm', least: 500, most: 2600 },
  { name: 'legLengthLeftMm', label: 'Leg length, left', unit: 'mm', least: 200, most: 1400 },
  { name: 'legLengthRightMm', label: 'Leg length, right', unit: 'mm', least: 200, most: 1400 },
  { name: 'kneeWidthLeftMm', label: 'Knee width, left', unit: 'mm', least: 30, most: 250 },
  { name: 'kneeWidthRightMm', label: 'Knee width, right', unit: 'mm', least: 30, most: 250 },
  { name: 'ankleWidthLeftMm', label: 'Ankle width, left', unit: 'mm', least: 25, most: 180 },
  { name: 'ankleWidthRightMm', label: 'Ankle width, right', unit: 'mm', least: 25, most: 180 },
  { name: 'interAsisMm', label: 'Between the front spines of the pelvis', unit: 'mm', least: 80, most: 500 },
  { name: 'markerRadiusMm', label: 'Marker radius with its base', unit: 'mm', least: 1, most: 40 },
];

export const FOOTWEAR = { '': 'Not said', barefoot: 'Barefoot', shod: 'Shoes' } as const;

const measure = ({ label, unit, least, most }: AskedMeasurement) =>
  z
    .string()
    .default('')
    .transform((text) => text.trim().replace(',', '.'))
    .refine(
      (text) => text === '' || (/^\d+(\.\d+)?$/.test(text) && Number(text) >= least && Number(text) <= most),
      `${label}: a number from ${least} to ${most} ${unit}, or nothing`,
    )
    .transform((text) => (text === '' ? null : Number(text)));

const form = z.object({
  condition: z.string().trim().max(200, 'At most 200 characters').default(''),
  footwear: z.enum(['', 'barefoot', 'shod'], 'Choose the footwear').default(''),
  walkingAid: z.string().trim().max(100, 'At most 100 characters').default(''),
  footFlat: z.string().optional(),
  ...Object.fromEntries(ASKED.map((asked) => [asked.name, measure(asked)])),
});

/** Measurements come in pairs: one leg alone cannot be worked with. */
const PAIRS = ['legLength', 'kneeWidth', 'ankleWidth'] as const;

/** The form about how somebody walked and how they were measured. */
export function readSessionForm(
  body: unknown,
): { readonly ok: true; readonly value: SessionInput } | ({ readonly ok: false } & FormErrors) {
  const read = readForm(form, body);
  if (!read.ok) return read;
  const { value, values } = read;
  const typed = value as typeof value & Readonly<Record<string, number | null>>;
  const errors: Record<string, string> = {};
  const pairs: Record<string, { readonly left: number; readonly right: number }> = {};
  for (const pair of PAIRS) {
    const [left, right] = [typed[`${pair}LeftMm`] ?? null, typed[`${pair}RightMm`] ?? null];
    if (left !== null && right !== null) pairs[`${pair}Mm`] = { left, right };
    else if (left === null && right !== null) errors[`${pair}LeftMm`] = 'Give both sides, or neither';
    else if (right === null && left !== null) errors[`${pair}RightMm`] = 'Give both sides, or neither';
  }
  if (Object.keys(errors).length > 0) return { ok: false, values, errors };
  const single = (name: string) => (typed[name] === null ? {} : { [name]: typed[name] });
  return {
    ok: true,
    value: {
      conditions: { condition: value.condition, footwear: value.footwear, walkingAid: value.walkingAid },
      subject: { ...single('massKg'), ...single('heightMm'), ...single('interAsisMm'), ...pairs },
      lab: { ...single('markerRadiusMm'), footFlat: value.footFlat === 'yes' },
    },
  };
}

/** What the form shows: what was typed, else what the files say, else the person's last session or the lab's habit. */
export function sessionValues(
  study: Study,
  last: { readonly subject: KnownMeasurements; readonly lab: Partial<LabSettings> } | null,
  usualMarkerRadiusMm: number | null,
): FormValues {
  const fromFiles: Record<string, number> = {};
  // As in processing, the standing trial goes before the walks: whatever is assigned last, stays.
  const trials = study.trials.toSorted((a, b) => rank(a) - rank(b)).toReversed();
  for (const { facts, state } of trials)
    if (state === 'accepted') Object.assign(fromFiles, facts?.measurements ?? {});
  const known: Readonly<Record<string, number>> = {
    ...(usualMarkerRadiusMm === null ? {} : { markerRadiusMm: usualMarkerRadiusMm }),
    ...(last ? flat(last.subject, {}) : {}),
    ...fromFiles,
    ...flat(study.subject, study.lab),
  };
  return {
    ...study.conditions,
    footFlat: (study.lab.footFlat ?? last?.lab.footFlat ?? true) ? 'yes' : '',
    ...Object.fromEntries(
      ASKED.flatMap(({ name }) => (known[name] === undefined ? [] : [[name, shown(known[name])]])),
    ),
  };
}

function rank({ role }: Trial): number {
  return role === 'standing' ? 0 : 1;
}

function flat(subject: KnownMeasurements, lab: Partial<LabSettings>): Record<string, number> {
  const values: Record<string, number> = {};
  const put = (name: string, value: number | null | undefined) => {
    if (value !== null && value !== undefined) values[name] = value;
  };
  put('massKg', subject.massKg);
  put('heightMm', subject.heightMm);
  put('interAsisMm', subject.interAsisMm);
  for (const pair of PAIRS) {
    put(`${pair}LeftMm`, subject[`${pair}Mm`]?.left);
    put(`${pair}RightMm`, subject[`${pair}Mm`]?.right);
  }
  put('markerRadiusMm', lab.markerRadiusMm);
  return values;
}

/** As many digits as a file's 32-bit number has: fewer would change the angles. */
function shown(value: number): string {
  return String(Number(value.toPrecision(7)));
}
