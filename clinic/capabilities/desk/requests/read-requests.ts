import type { Selectable } from 'kysely';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { PreferredTime, SafetyAnswers, TaskTable } from '../../../platform/database/schema.ts';

/** A request that waits for an answer. Instants in epoch milliseconds. */
export interface OpenRequest {
  readonly id: string;
  readonly mode: 'telehealth' | 'site';
  readonly siteId: string | null;
  readonly serviceId: string | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string | null;
  readonly email: string;
  readonly phone: string | null;
  readonly reason: string;
  readonly preferred: readonly PreferredTime[];
  readonly viewerZone: string | null;
  readonly safety: SafetyAnswers | null;
  readonly createdAt: number;
}

/** Something that somebody in the clinic must act on. */
export type OpenTask = SafetyTask | ReferralTask;

interface AnyTask {
  readonly id: string;
  readonly urgency: 'emergency' | 'same_day' | 'routine';
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly patientId: string | null;
  readonly appointmentId: string | null;
  readonly requestId: string | null;
  readonly dueAt: number;
  readonly createdAt: number;
}

/** Safety answers that somebody must read and act on. */
export interface SafetyTask extends AnyTask {
  readonly kind: 'safety_answer';
  /** Codes of the safety questions that were answered with yes. */
  readonly answers: SafetyAnswers;
}

/** An urgent referral that waits for what the surgeon or the emergency department says. */
export interface ReferralTask extends AnyTask {
  readonly kind: 'urgent_referral';
  /** The ultrasound examination whose referral is answered. */
  readonly studyId: string;
  readonly referredTo: string;
}

const MOST = 100;

function openRequests({ tx, clinicId }: Parameters<Parameters<typeof inClinic>[1]>[0]) {
  return tx.selectFrom('request').selectAll().where('clinic_id', '=', clinicId).where('status', '=', 'open');
}

type Row = Awaited<ReturnType<ReturnType<typeof openRequests>['execute']>>[number];

/** Open requests: those with a safety answer first, then whoever has waited longest. */
export async function readRequests(context: ClinicContext): Promise<readonly OpenRequest[]> {
  const rows = await inClinic(context, (clinic) =>
    openRequests(clinic).orderBy('created_at').limit(MOST).execute(),
  );
  const flagged = (row: Row) => Number((row.safety?.yes.length ?? 0) > 0);
  return rows.toSorted((a, b) => flagged(b) - flagged(a)).map(requestOf);
}

/** One open request; null where there is none of that id, or it has been answered. */
export async function readRequest(context: ClinicContext, id: string): Promise<OpenRequest | null> {
  const row = await inClinic(context, (clinic) =>
    openRequests(clinic).where('id', '=', id).executeTakeFirst(),
  );
  return row ? requestOf(row) : null;
}

function requestOf(row: Row): OpenRequest {
  return {
    id: row.id,
    mode: row.mode,
    siteId: row.site_id,
    serviceId: row.service_id,
    givenName: row.given_name,
    familyName: row.family_name,
    birthDate: row.birth_date,
    email: row.email,
    phone: row.phone,
    reason: row.reason,
    preferred: row.preferred,
    viewerZone: row.viewer_zone,
    safety: row.safety,
    createdAt: row.created_at.getTime(),
  };
}

/** Open tasks, the most urgent and oldest first. */
export async function readTasks(context: ClinicContext): Promise<readonly OpenTask[]> {
  const rows = await inClinic(context, ({ tx, clinicId }) =>
    tx
      .selectFrom('task as t')
      .leftJoin('patient as p', (join) =>
        join.onRef('p.clinic_id', '=', 't.clinic_id').onRef('p.id', '=', 't.patient_id'),
      )
      .leftJoin('request as r', (join) =>
        join.onRef('r.clinic_id', '=', 't.clinic_id').onRef('r.id', '=', 't.request_id'),
      )
      .leftJoin('imaging_referral as f', (join) =>
        join.onRef('f.clinic_id', '=', 't.clinic_id').onRef('f.task_id', '=', 't.id'),
      )
      .selectAll('t')
      .select('f.referred_to')
      .select(['p.given_name', 'p.family_name', 'p.phone', 'p.email'])
      .select([
        'r.given_name as r_given',
        'r.family_name as r_family',
        'r.phone as r_phone',
        'r.email as r_email',
      ])
      .where('t.clinic_id', '=', clinicId)
      .where('t.done_at', 'is', null)
      .orderBy('t.due_at')
      .limit(MOST)
      .execute(),
  );
  const rank = { emergency: 0, same_day: 1, routine: 2 } as const;
  return rows.toSorted((a, b) => rank[a.urgency] - rank[b.urgency]).map(taskOf);
}

/** A task's row beside whom it is about. */
interface TaskRow extends Omit<Selectable<TaskTable>, 'clinic_id'> {
  readonly given_name: string | null;
  readonly family_name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly r_given: string | null;
  readonly r_family: string | null;
  readonly r_phone: string | null;
  readonly r_email: string | null;
  readonly referred_to: string | null;
}

function taskOf(row: TaskRow): OpenTask {
  const task: AnyTask = {
    id: row.id,
    urgency: row.urgency,
    name: row.given_name
      ? `${row.given_name} ${row.family_name}`
      : `${row.r_given ?? 'Somebody'} ${row.r_family ?? ''}`,
    phone: row.phone ?? row.r_phone,
    email: row.email ?? row.r_email,
    patientId: row.patient_id,
    appointmentId: row.appointment_id,
    requestId: row.request_id,
    dueAt: row.due_at.getTime(),
    createdAt: row.created_at.getTime(),
  };
  if (row.kind === 'urgent_referral')
    return { ...task, kind: row.kind, studyId: row.study_id ?? '', referredTo: row.referred_to ?? '' };
  const yes = Array.isArray(row.detail.yes) ? row.detail.yes.map(String) : [];
  return { ...task, kind: row.kind, answers: { version: String(row.detail.version ?? ''), yes } };
}
