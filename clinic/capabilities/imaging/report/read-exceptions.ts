import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { accessionOf } from '../core/exam.ts';

/** A reason that was given instead of what the safety rule asks for. Instants in epoch milliseconds. */
export interface RuleException {
  readonly id: string;
  readonly examId: string;
  readonly accession: string;
  readonly patientName: string;
  readonly version: number;
  readonly rule: string;
  readonly reason: string;
  readonly givenBy: string;
  readonly givenAt: number;
  /** Null while the owner has not looked at it. */
  readonly review: { readonly by: string; readonly at: number; readonly note: string } | null;
}

const MOST = 200;

/** The reasons that nobody has reviewed, or all of them; the newest first. */
export async function readExceptions(
  { tx, clinicId }: ClinicTransaction,
  only: 'open' | 'all',
): Promise<readonly RuleException[]> {
  const every = tx
    .selectFrom('imaging_exception as x')
    .innerJoin('study_report as v', (join) =>
      join.onRef('v.clinic_id', '=', 'x.clinic_id').onRef('v.id', '=', 'x.report_id'),
    )
    .innerJoin('imaging_exam as e', (join) =>
      join.onRef('e.clinic_id', '=', 'x.clinic_id').onRef('e.study_id', '=', 'x.study_id'),
    )
    .innerJoin('study as s', (join) =>
      join.onRef('s.clinic_id', '=', 'x.clinic_id').onRef('s.id', '=', 'x.study_id'),
    )
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .leftJoin('membership as m', (join) =>
      join.onRef('m.clinic_id', '=', 'x.clinic_id').onRef('m.user_id', '=', 'x.reviewed_by'),
    )
    .select([
      'x.id',
      'x.study_id',
      'x.rule',
      'x.reason',
      'x.given_at',
      'v.version',
      'v.signed_name',
      'e.number',
    ])
    .select(['x.reviewed_at', 'x.review_note', 'm.name as reviewer', 'p.given_name', 'p.family_name'])
    .where('x.clinic_id', '=', clinicId);
  const asked = only === 'open' ? every.where('x.reviewed_at', 'is', null) : every;
  const rows = await asked.orderBy('x.given_at', 'desc').orderBy('x.id', 'desc').limit(MOST).execute();
  return rows.map((row) => ({
    id: row.id,
    examId: row.study_id,
    accession: accessionOf(row.number),
    patientName: `${row.given_name} ${row.family_name}`,
    version: row.version,
    rule: row.rule,
    reason: row.reason,
    givenBy: row.signed_name,
    givenAt: row.given_at.getTime(),
    review: row.reviewed_at && {
      by: row.reviewer ?? 'Somebody',
      at: row.reviewed_at.getTime(),
      note: row.review_note ?? '',
    },
  }));
}

/** Notes that the owner has looked at a reason. False where there is none of this id, or somebody has already. */
export async function reviewException(
  clinic: ClinicTransaction,
  review: { readonly id: string; readonly note: string; readonly by: string; readonly now: number },
): Promise<boolean> {
  const { tx, clinicId } = clinic;
  const changed = await tx
    .updateTable('imaging_exception')
    .set({ reviewed_by: review.by, reviewed_at: new Date(review.now), review_note: review.note })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', review.id)
    .where('reviewed_at', 'is', null)
    .returning('study_id')
    .executeTakeFirst();
  if (!changed) return false;
  await record(clinic, {
    action: 'exception.reviewed',
    subject: { kind: 'study', id: changed.study_id },
    detail: { exception: review.id },
  });
  return true;
}
