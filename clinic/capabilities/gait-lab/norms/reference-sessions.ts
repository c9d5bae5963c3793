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

interface SessionRow {
  readonly id: string;
  readonly patient_id: string;
  readonly taken_at: Date;
  readonly condition: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly result_id: string;
  readonly conditions: WalkConditions;
  readonly speed: number | null;
  readonly dimensionless: number | null;
  readonly strides: number;
}

/** The newest sessions with a result, signed or ready to be. */
export async function referenceSessions({
  tx,
  clinicId,
}: ClinicTransaction): Promise<readonly ReferenceSession[]> {
  // A report is large and compressed: each look into it unpacks it again, so it is taken apart once.
  const { rows } = await sql<SessionRow>`
    select s.id, s.patient_id, s.taken_at, s.condition, p.given_name, p.family_name, r.id as result_id, x.conditions,
      x."speedMPerS" as speed, x."dimensionlessSpeed" as dimensionless,
      jsonb_array_length(jsonb_path_query_array(x.strides, '$.*[*] ? (@.outlier == false)')) as strides
    from (
      select * from study where clinic_id = ${clinicId} and kind = 'gait' and status in ('ready', 'signed')
      order by taken_at desc limit ${MOST}) s
    join patient p on p.clinic_id = s.clinic_id and p.id = s.patient_id
    join study_result r on r.clinic_id = s.clinic_id and r.id = s.result_id
    cross join lateral jsonb_to_record(r.report)
      as x (conditions jsonb, "speedMPerS" float8, "dimensionlessSpeed" float8, strides jsonb)
    order by s.taken_at desc`.execute(tx);
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
