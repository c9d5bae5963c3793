import { type Footwear, type UnfitForNorms, unfitForNorms, type WalkConditions } from '@rectus/gait';
import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** A session that norms could be built from, as a list shows it. */
export interface ReferenceSession {
  readonly studyId: string;
  readonly resultId: string;
  readonly patientId: string;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  /** On the day of the session. */
  readonly ageYears: number | null;
  readonly footwear: Footwear;
  readonly condition: string;
  readonly speedMPerS: number | null;
  readonly dimensionlessSpeed: number | null;
  /** Of both sides, without outliers. */
  readonly strides: number;
  /** Why it cannot be part of norms; null where it can. */
  readonly unfit: UnfitForNorms | null;
}

const MOST = 300;

/** The newest sessions with a result, signed or ready to be. */
export async function referenceSessions({
  tx,
  clinicId,
}: ClinicTransaction): Promise<readonly ReferenceSession[]> {
  const rows = await tx
    .selectFrom('study as s')
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .innerJoin('study_result as r', (join) =>
      join.onRef('r.clinic_id', '=', 's.clinic_id').onRef('r.id', '=', 's.result_id'),
    )
    .select(['s.id', 's.patient_id', 's.taken_at', 's.condition', 'p.given_name', 'p.family_name'])
    .select([
      'r.id as result_id',
      sql<WalkConditions>`r.report -> 'conditions'`.as('conditions'),
      sql<number | null>`(r.report ->> 'speedMPerS')::float8`.as('speed'),
      sql<number | null>`(r.report ->> 'dimensionlessSpeed')::float8`.as('dimensionless'),
      sql<number>`jsonb_array_length(
        jsonb_path_query_array(r.report, '$.strides.*[*] ? (@.outlier == false)'))`.as('strides'),
    ])
    .where('s.clinic_id', '=', clinicId)
    .where('s.status', 'in', ['ready', 'signed'])
    .orderBy('s.taken_at', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    studyId: row.id,
    resultId: row.result_id,
    patientId: row.patient_id,
    name: `${row.given_name} ${row.family_name}`,
    takenAt: row.taken_at.getTime(),
    ageYears: row.conditions.ageYears,
    footwear: row.conditions.footwear,
    condition: row.condition,
    speedMPerS: row.speed,
    dimensionlessSpeed: row.dimensionless,
    strides: row.strides,
    unfit: unfitForNorms({ conditions: row.conditions, dimensionlessSpeed: row.dimensionless }),
  }));
}

/** What chosen sessions amount to. */
export interface ChosenSessions {
  readonly people: number;
  readonly sessions: number;
  readonly strides: number;
  readonly ageYears: { readonly least: number; readonly greatest: number } | null;
  readonly footwear: Footwear;
  /** For one's size. */
  readonly speeds: { readonly least: number; readonly greatest: number } | null;
}

export function addUp(chosen: readonly ReferenceSession[]): ChosenSessions {
  return {
    people: new Set(chosen.map(({ patientId }) => patientId)).size,
    sessions: chosen.length,
    strides: chosen.reduce((sum, { strides }) => sum + strides, 0),
    ageYears: rangeOf(chosen.flatMap(({ ageYears }) => ageYears ?? [])),
    footwear: footwearOf(chosen),
    speeds: rangeOf(chosen.flatMap(({ dimensionlessSpeed }) => dimensionlessSpeed ?? [])),
  };
}

function rangeOf(values: readonly number[]): { least: number; greatest: number } | null {
  return values.length === 0 ? null : { least: Math.min(...values), greatest: Math.max(...values) };
}

function footwearOf(chosen: readonly ReferenceSession[]): Footwear {
  const kinds = new Set(chosen.map(({ footwear }) => footwear));
  const [only = 'unknown', other] = kinds;
  if (other === undefined) return only;
  return kinds.has('unknown') ? 'unknown' : 'mixed';
}
