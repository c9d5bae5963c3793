import type { GaitReportData } from '@rectus/gait';
import type { FastifyInstance } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import { patientReportRoutes } from '../patient/patient-routes.tsx';
import { reportRoutes } from '../report/report-routes.tsx';
import type { MotionData } from '../viewer/motion.ts';
import { type GaitWorld, gaitWorld, type Routes } from './gait-world.ts';

export interface MeasuredSession {
  readonly report: GaitReportData;
  readonly motion: MotionData;
  /** Epoch milliseconds; the test's now where it is left out. */
  readonly takenAt?: number;
  /** When it was worked out; the database's now where it is left out. */
  readonly createdAt?: number;
}

export interface ReportWorld extends GaitWorld {
  /** A session that a worker has been through. */
  addSession(patientId: string, session: MeasuredSession): Promise<{ studyId: string; resultId: string }>;
  /** Asks as a patient who proved an address. */
  asPatient(url: string, email?: string): ReturnType<GaitWorld['get']>;
}

/** The gait lab with its reports, and sessions that need no worker. */
export async function reportWorld(...more: readonly Routes[]): Promise<ReportWorld> {
  const lab = await gaitWorld(provenAddress, reportRoutes, patientReportRoutes, ...more);
  return {
    ...lab,
    addSession: (patientId, session) => addSession(lab, patientId, session),
    asPatient: (url, email = 'nora@example.org') =>
      lab.app.inject({ url, headers: { host: 'one.test', 'x-patient': email } }),
  };
}

/** Stands in for the patient's session that the accounts capability finds. */
async function provenAddress(server: FastifyInstance): Promise<void> {
  server.decorateRequest('portal', null);
  server.addHook('onRequest', async (request) => {
    const email = request.headers['x-patient'];
    request.portal = typeof email === 'string' ? { userId: 'nora', email } : null;
  });
}

function addSession(
  { world }: GaitWorld,
  patientId: string,
  { report, motion, takenAt = TEST_NOW, createdAt }: MeasuredSession,
): Promise<{ studyId: string; resultId: string }> {
  return inClinic(world.one.context, async ({ tx, clinicId }) => {
    const study = await tx
      .insertInto('study')
      .values({
        clinic_id: clinicId,
        patient_id: patientId,
        appointment_id: null,
        entitlement_id: null,
        footwear: 'Barefoot',
        condition: 'Own speed',
        taken_at: new Date(takenAt),
        worked_at: null,
        failure: null,
        result_id: null,
        created_by: null,
        subject: {},
        lab: {},
        draft: {},
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const result = await tx
      .insertInto('study_result')
      .values({
        clinic_id: clinicId,
        study_id: study.id,
        run: 1,
        method: 'simulated',
        method_version: '1',
        made_from: {},
        report,
        motion,
        ...(createdAt === undefined ? {} : { created_at: new Date(createdAt) }),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('study')
      .set({ status: 'ready', run: 1, result_id: result.id })
      .where('id', '=', study.id)
      .execute();
    return { studyId: study.id, resultId: result.id };
  });
}
