import { areaAsymmetry, mm2 } from '@rectus/sonography';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { readClips } from '../core/clip-facts.ts';
import { type Exam, readExam } from '../core/exam.ts';
import { readAnalyses } from './analysis.ts';
import type { MeasuredValue } from './measured-value.ts';
import { METHOD_VERSION, STILL_METHOD } from './method.ts';
import type { Quantity } from './tools/tool.ts';
import { activationValues } from './values/activation.ts';
import { noteOf } from './values/notes.ts';
import { type Pooled, pooledChange, pooledState } from './values/pooled.ts';
import { readingOf, type State } from './values/reading.ts';
import { type Slot, slotsOf } from './values/slots.ts';

export type { MeasuredValue } from './measured-value.ts';

/**
 * Every number that was measured in an examination's clips: at rest, in contraction, the change between them. No two share code,
 * body site and side: repetitions are averaged, other things of the same name are numbered.
 */
export async function readMeasured(
  clinic: ClinicTransaction,
  examId: string,
): Promise<readonly MeasuredValue[]> {
  const exam = await readExam(clinic, examId);
  return exam ? measuredOf(clinic, exam) : [];
}

async function measuredOf(clinic: ClinicTransaction, exam: Exam): Promise<readonly MeasuredValue[]> {
  const clips = new Map((await readClips(clinic, exam.id)).map((clip) => [clip.id, clip]));
  const readings = (await readAnalyses(clinic, exam.id))
    .map((analysis) => readingOf(analysis, clips.get(analysis.instanceId), exam))
    .filter((one) => one !== null);
  const values = slotsOf(readings).flatMap(valuesOf);
  return [...values, ...asymmetries(values)];
}

const STATES = [
  ['rest', '.rest', ' at rest'],
  ['contraction', '.contraction', ' in contraction'],
  ['at', '', ''],
] as const satisfies readonly (readonly [State, string, string])[];

function valuesOf(slot: Slot): MeasuredValue[] {
  const [first] = slot.readings;
  if (!first) return [];
  const values = first.tool.quantities.flatMap((quantity, at) => [
    ...STATES.flatMap(([state, ending, words]) =>
      told(slot, pooledState(slot.readings, at, state), {
        ...{ code: `${quantity.code}${ending}`, label: `${quantity.label}${words}`, unit: quantity.unit },
        ...detectableOf(quantity),
      }),
    ),
    ...told(slot, pooledChange(slot.readings, at, quantity), {
      code: quantity.change?.code ?? `${quantity.code}.change`,
      label: quantity.change?.label ?? `${quantity.label}, change in contraction`,
      unit: quantity.unit,
      ...{ minimalDetectableChange: null, citation: null },
    }),
  ]);
  if (first.tool.id !== 'abdominal') return values;
  return [...values, ...activationValues(slot.readings).flatMap((one) => told(slot, one, one))];
}

type Named = Pick<MeasuredValue, 'code' | 'label' | 'unit' | 'minimalDetectableChange' | 'citation'>;

function told({ bodySite, readings }: Slot, pooled: Pooled | null, named: Named): MeasuredValue[] {
  const [first] = pooled?.from ?? [];
  if (!pooled || !first) return [];
  const { code, label, unit, minimalDetectableChange, citation } = named;
  return [
    {
      ...{ code, label, unit, minimalDetectableChange, citation, bodySite },
      side: readings[0]?.side ?? null,
      value: pooled.value,
      standardError: pooled.standardError,
      analysisIds: [...new Set(pooled.from.map((one) => one.analysis.id))],
      instanceId: first.clip.id,
      frame: pooled.frame,
      method: first.analysis.method ?? STILL_METHOD,
      methodVersion: first.analysis.methodVersion ?? METHOD_VERSION,
      note: noteOf(pooled, named, readings),
    },
  ];
}

function detectableOf({ detectable }: Quantity): Pick<Named, 'minimalDetectableChange' | 'citation'> {
  return { minimalDetectableChange: detectable?.to ?? null, citation: detectable?.citation ?? null };
}

/** 100 · (larger − smaller) / larger, where an area of the same structure was measured on both sides. */
function asymmetries(values: readonly MeasuredValue[]): MeasuredValue[] {
  return values.flatMap((left) => {
    if (left.side !== 'left' || left.unit !== 'mm2' || left.code.endsWith('.change')) return [];
    const right = values.find(
      (one) => one.side === 'right' && one.code === left.code && one.bodySite === left.bodySite,
    );
    if (!right) return [];
    const area = (one: MeasuredValue) => ({
      value: mm2(one.value),
      standardError: mm2(one.standardError ?? 0),
    });
    const { value, standardError, larger } = areaAsymmetry(area(left), area(right));
    return [
      {
        ...left,
        code: left.code.replace(/^us\.area/, 'us.area-asymmetry'),
        label: `${left.label}, difference of the sides`,
        ...{ side: null, unit: '%', value, standardError, frame: null },
        analysisIds: [...left.analysisIds, ...right.analysisIds],
        note: larger ? `The ${larger} side is larger.` : null,
      },
    ];
  });
}
