import type { KnownMeasurements, LabSettings } from '@rectus/gait';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { FileStatus, StudyStatus, TrialRole } from '../../../platform/database/schema-of-studies.ts';
import type { TrialFacts } from './trial-facts.ts';

/** One capture session of one person, without its report. */
export interface Study {
  readonly id: string;
  readonly patient: {
    readonly id: string;
    readonly givenName: string;
    readonly familyName: string;
    readonly birthDate: string | null;
  };
  readonly appointmentId: string | null;
  readonly entitlementId: string | null;
  readonly status: StudyStatus;
  /** How it was walked, in words; empty where nobody said. */
  readonly conditions: WalkingConditions;
  /** What was typed; the rest comes from the files. */
  readonly subject: KnownMeasurements;
  readonly lab: Partial<LabSettings>;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  readonly run: number;
  readonly progress: Progress | null;
  /** Why there is no report. */
  readonly failure: string | null;
  readonly resultId: string | null;
  readonly draft: ReportText | null;
  readonly trials: readonly Trial[];
}

export interface WalkingConditions {
  readonly condition: string;
  readonly footwear: string;
  readonly walkingAid: string;
}

export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly doing: string;
}

/** A file of the session, in the order of arrival. */
export interface Trial {
  readonly fileId: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly receivedBytes: number;
  readonly sha256: string | null;
  readonly fileStatus: FileStatus;
  readonly refusedReason: string | null;
  readonly role: TrialRole;
  readonly state: 'accepted' | 'rejected';
  /** Why a person left it out. */
  readonly reason: string | null;
  readonly facts: TrialFacts | null;
}

/** What a clinician writes: for colleagues, and for the patient in plain words. */
export interface ReportText {
  readonly findings: string;
  readonly plain: PlainWords;
}

export interface PlainFinding {
  readonly finding: string;
  readonly meaning: string;
  /** The number that is drawn beside it on the patient's page; none where it is about something else. */
  readonly measure?: PlainMeasure | null;
}

/** A number that a patient can picture. */
export type PlainMeasure = 'speed' | 'step-length' | 'trunk-forward' | 'knee-swing';

export interface PlainWords {
  readonly findings: readonly PlainFinding[];
  readonly change: string;
  readonly next: string;
}

/** A version that was signed. It never changes. */
export interface SignedReport extends ReportText {
  readonly id: string;
  readonly version: number;
  readonly resultId: string;
  /** The result that it was compared with; null where there was none. */
  readonly earlierResultId: string | null;
  readonly signedBy: string;
  readonly signedName: string;
  /** Epoch milliseconds. */
  readonly signedAt: number;
}

/** The session, or null where the clinic has none of this id. */
export async function readStudy(clinic: ClinicTransaction, studyId: string): Promise<Study | null> {
  const { tx, clinicId } = clinic;
  const row = await tx
    .selectFrom('study as s')
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .selectAll('s')
    .select(['p.given_name', 'p.family_name', 'p.birth_date'])
    .where('s.clinic_id', '=', clinicId)
    .where('s.kind', '=', 'gait')
    .where('s.id', '=', studyId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    patient: {
      id: row.patient_id,
      givenName: row.given_name,
      familyName: row.family_name,
      birthDate: row.birth_date,
    },
    appointmentId: row.appointment_id,
    entitlementId: row.entitlement_id,
    status: row.status,
    conditions: { condition: row.condition, footwear: row.footwear, walkingAid: row.walking_aid },
    subject: row.subject as KnownMeasurements,
    lab: row.lab as Partial<LabSettings>,
    takenAt: row.taken_at.getTime(),
    run: row.run,
    progress: row.progress as Progress | null,
    failure: row.failure,
    resultId: row.result_id,
    draft: isEmpty(row.draft) ? null : (row.draft as ReportText),
    trials: await readTrials(clinic, studyId),
  };
}

async function readTrials({ tx, clinicId }: ClinicTransaction, studyId: string): Promise<readonly Trial[]> {
  const rows = await tx
    .selectFrom('study_file as sf')
    .innerJoin('stored_file as f', (join) =>
      join.onRef('f.clinic_id', '=', 'sf.clinic_id').onRef('f.id', '=', 'sf.file_id'),
    )
    .select(['sf.file_id', 'sf.role', 'sf.state', 'sf.reason', 'sf.facts', 'f.name', 'f.size', 'f.sha256'])
    .select(['f.status', 'f.received', 'f.refused_reason'])
    .where('sf.clinic_id', '=', clinicId)
    .where('sf.study_id', '=', studyId)
    .orderBy('sf.position')
    .execute();
  return rows.map((row) => ({
    fileId: row.file_id,
    name: row.name,
    sizeBytes: Number(row.size),
    receivedBytes: Number(row.received),
    sha256: row.sha256,
    fileStatus: row.status,
    refusedReason: row.refused_reason,
    role: row.role,
    state: row.state,
    reason: row.reason,
    facts: isEmpty(row.facts) ? null : (row.facts as TrialFacts),
  }));
}

/** Every signed version of a session's report, the newest first. */
export async function readSignedReports(
  { tx, clinicId }: ClinicTransaction,
  studyId: string,
): Promise<readonly SignedReport[]> {
  const rows = await tx
    .selectFrom('study_report')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', studyId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    resultId: row.result_id,
    earlierResultId: row.earlier_result_id,
    findings: row.findings,
    plain: row.plain as PlainWords,
    signedBy: row.signed_by,
    signedName: row.signed_name,
    signedAt: row.signed_at.getTime(),
  }));
}

function isEmpty(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}
