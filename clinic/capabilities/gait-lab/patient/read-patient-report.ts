import type { GaitReportData } from '@rectus/gait';
import { dateAt } from '@rectus/schedule';
import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { readEntitlements } from '../../payments/index.ts';
import { readComparedWith, readMotion, readResult } from '../core/result.ts';
import { readSignedReports, readStudy, type SignedReport, type Study } from '../core/study.ts';
import { longDay } from '../report/days.ts';
import type { MotionData } from '../viewer/motion.ts';

/** The last signed version of a session, as its patient sees it. */
export interface PatientReport {
  readonly study: Study;
  readonly signed: SignedReport;
  readonly motion: MotionData | null;
  readonly day: string;
  readonly signedDay: string;
  readonly report: GaitReportData;
  /** What the signed version was compared with. */
  readonly earlier: { readonly report: GaitReportData; readonly day: string } | null;
}

/** What a session's patient may see, or null where nothing is signed. Who may ask is for the caller to know. */
export async function readPatientReport(
  clinic: ClinicTransaction,
  of: Clinic,
  studyId: string,
): Promise<PatientReport | null> {
  const [signed] = await readSignedReports(clinic, studyId);
  const study = signed ? await readStudy(clinic, studyId) : null;
  const result = signed ? await readResult(clinic, signed.resultId) : null;
  if (!signed || !study || !result) return null;
  const day = (instant: number) => longDay(dateAt(instant, of.timeZone), of.locale);
  const earlier = await readComparedWith(clinic, study, signed);
  return {
    ...{ study, signed },
    motion: await readMotion(clinic, signed.resultId),
    day: day(study.takenAt),
    signedDay: day(signed.signedAt),
    report: result.report,
    earlier: earlier && { report: earlier.result.report, day: day(earlier.takenAt) },
  };
}

/** A visit that this patient has bought and not booked, to go on with after the report. */
export interface VisitLeft {
  readonly orderId: string;
  readonly description: string;
}

/** What is left of the purchase that the session came from, else of any other; null where there is nothing. */
export async function readVisitLeft(
  clinic: ClinicTransaction,
  study: Pick<Study, 'patient' | 'entitlementId'>,
  now: number,
): Promise<VisitLeft | null> {
  const all = await readEntitlements(clinic, { patientId: study.patient.id });
  const own = all.find(({ id }) => id === study.entitlementId)?.orderId;
  const left = all
    .filter((one) => one.left > 0 && (one.validUntil === null || one.validUntil > now))
    .toSorted((a, b) => Number(b.orderId === own) - Number(a.orderId === own));
  const [first] = left;
  return first ? { orderId: first.orderId, description: first.description } : null;
}

/** A signed report in the list of a patient's own page. */
export interface ListedReport {
  readonly studyId: string;
  readonly patientId: string;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  readonly signedAt: number;
  /** The first finding of the last signed version. */
  readonly finding: string;
}

/** The signed reports of these patients, the latest session first. */
export async function readReportsOf(
  { tx, clinicId }: ClinicTransaction,
  patientIds: readonly string[],
): Promise<readonly ListedReport[]> {
  if (patientIds.length === 0) return [];
  const rows = await tx
    .selectFrom('study as s')
    .innerJoin('study_report as r', (join) =>
      join.onRef('r.clinic_id', '=', 's.clinic_id').onRef('r.study_id', '=', 's.id'),
    )
    .select(['s.id', 's.patient_id', 's.taken_at'])
    .select((eb) => eb.fn.max('r.signed_at').as('signed_at'))
    .select(
      sql<string | null>`(array_agg(r.plain -> 'findings' -> 0 ->> 'finding' order by r.version desc))[1]`.as(
        'finding',
      ),
    )
    .where('s.clinic_id', '=', clinicId)
    .where('s.kind', '=', 'gait')
    .where('s.patient_id', 'in', patientIds)
    .groupBy(['s.clinic_id', 's.id', 's.patient_id', 's.taken_at'])
    .orderBy('s.taken_at', 'desc')
    .execute();
  return rows.map((row) => ({
    studyId: row.id,
    patientId: row.patient_id,
    takenAt: row.taken_at.getTime(),
    signedAt: row.signed_at.getTime(),
    finding: row.finding ?? '',
  }));
}

/** Whether a session is of somebody whom the clinic knows under this address. Paying for a session opens nothing. */
export async function mayRead(
  { tx, clinicId }: ClinicTransaction,
  studyId: string,
  email: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('study as s')
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .select('s.id')
    .where('s.clinic_id', '=', clinicId)
    .where('s.kind', '=', 'gait')
    .where('s.id', '=', studyId)
    .where('p.email', '=', email)
    .executeTakeFirst();
  return row !== undefined;
}
