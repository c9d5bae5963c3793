import { dateAt } from '@rectus/schedule';
import { sql } from 'kysely';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { usualMarkerRadius } from '../core/last-measured.ts';
import { readEarlierResult } from '../core/result.ts';
import { storeResult } from '../core/store-result.ts';
import { type Progress, readStudy, type Study, type Trial } from '../core/study.ts';
import { StudyError } from '../core/study-error.ts';
import { type NormsInUse, normsInUse, simulatedInUse } from '../norms/norms-in-use.ts';
import { FilesRefused, measureInThread, simulatedNormsOnce } from './run-thread.ts';
import type { SessionOnDisk } from './thread-task.ts';

/** A worker that has not been heard of for this long is gone, and another takes the session over. */
const LOST_AFTER = sql`interval '2 minutes'`;
/** While a worker computes it says so, this often. */
const SIGN_OF_LIFE_MS = 20_000;
const MOST_ATTEMPTS = 3;

/** Processes every session of a clinic that waits, one after the other. Returns how many reports were made. */
export async function processStudies(
  platform: Platform,
  of: { readonly context: ClinicContext; readonly clinic: Clinic },
): Promise<number> {
  let made = 0;
  for (let claimed = await claim(of.context); claimed; claimed = await claim(of.context))
    if (await processStudy(platform, of, claimed)) made += 1;
  return made;
}

interface Claimed {
  readonly study: Study;
  readonly attempts: number;
}

/** Takes a session that waits, so that no other worker does. */
async function claim(context: ClinicContext): Promise<Claimed | null> {
  return inClinic(context, async (clinic) => {
    const { rows } = await sql<{ id: string; attempts: number }>`
      update study set worked_at = clock_timestamp(), attempts = attempts + 1
      where clinic_id = ${clinic.clinicId} and id = (
        select id from study where clinic_id = ${clinic.clinicId} and kind = 'gait' and status = 'processing'
          and (worked_at is null or worked_at < clock_timestamp() - ${LOST_AFTER})
        order by created_at limit 1 for update skip locked)
      returning id, attempts`.execute(clinic.tx);
    const [row] = rows;
    const study = row && (await readStudy(clinic, row.id));
    return study ? { study, attempts: row.attempts } : null;
  });
}

async function processStudy(
  platform: Platform,
  of: { readonly context: ClinicContext; readonly clinic: Clinic },
  { study, attempts }: Claimed,
): Promise<boolean> {
  if (attempts > MOST_ATTEMPTS) {
    await fail(of.context, study, 'Processing was broken off three times. Try again with fewer trials.');
    return false;
  }
  let progress: Progress = { done: 0, of: 1, doing: 'Beginning' };
  const tell = () => sayProgress(of.context, study, progress).catch(() => {});
  const alive = setInterval(tell, SIGN_OF_LIFE_MS);
  try {
    const norms = await normsFor(platform, of.context);
    const session = await sessionOf(platform, of, study, norms);
    const measured = await measureInThread(session, ({ done, of: steps, doing }) => {
      progress = { done, of: steps, doing };
      void tell();
    });
    return (
      (await inClinic(of.context, (clinic) => storeResult(clinic, study, { ...measured, norms }))) !== null
    );
  } catch (error) {
    const known = error instanceof FilesRefused || error instanceof StudyError;
    await fail(
      of.context,
      study,
      known ? error.message : 'Something went wrong on our side. Please tell us, and try again later.',
    );
    if (!known) throw error;
    return false;
  } finally {
    clearInterval(alive);
  }
}

async function sessionOf(
  platform: Platform,
  { context, clinic: { timeZone } }: { readonly context: ClinicContext; readonly clinic: Clinic },
  study: Study,
  norms: readonly NormsInUse[],
): Promise<SessionOnDisk> {
  const files = filesOf(platform.config);
  const [previous, usualMarkerRadiusMm] = await inClinic(
    context,
    async (clinic) => [await readEarlierResult(clinic, study), await usualMarkerRadius(clinic)] as const,
  );
  const onDisk = ({ name, sha256 }: Trial) => ({
    name,
    path: files.pathOf({ clinicId: context.clinicId, sha256: sha256 ?? '' }),
  });
  const of = (role: Trial['role']) =>
    study.trials.filter((one) => one.role === role && one.state === 'accepted' && one.fileStatus === 'ready');
  // The newest calibration counts: whoever stands once more does so because the first was not good.
  const standing = of('standing').at(-1);
  if (!standing) throw new FilesRefused('There is no standing trial.');
  const { footwear, walkingAid } = study.conditions;
  return {
    standing: onDisk(standing),
    walking: of('walking').map(onDisk),
    known: study.subject,
    lab: study.lab,
    conditions: {
      ageYears: ageOn(study, dateAt(study.takenAt, timeZone)),
      footwear: footwear === 'barefoot' || footwear === 'shod' ? footwear : 'unknown',
      walkingAid: walkingAid === '' || walkingAid === 'none' ? null : walkingAid,
    },
    previous: previous?.report ?? null,
    usualMarkerRadiusMm,
    norms: norms.map((one) => one.norms),
  };
}

/** The norms that are installed; without any, bands of the simulator, which say what they are. */
async function normsFor({ config }: Platform, context: ClinicContext): Promise<readonly NormsInUse[]> {
  const installed = await inClinic(context, (clinic) => normsInUse(clinic, config));
  return installed.length > 0 ? installed : [simulatedInUse(await simulatedNormsOnce())];
}

/** Whole years on a day, both as YYYY-MM-DD. */
function ageOn({ patient: { birthDate } }: Study, day: string): number | null {
  if (!birthDate) return null;
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

async function sayProgress(context: ClinicContext, study: Study, progress: Progress): Promise<void> {
  await inClinic(context, ({ tx, clinicId }) =>
    tx
      .updateTable('study')
      .set({ progress, worked_at: sql<Date>`clock_timestamp()` })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', study.id)
      .where('run', '=', study.run)
      .where('status', '=', 'processing')
      .execute(),
  );
}

async function fail(context: ClinicContext, study: Study, failure: string): Promise<void> {
  await inClinic(context, ({ tx, clinicId }) =>
    tx
      .updateTable('study')
      .set({ status: 'failed', failure: failure.slice(0, 1000), progress: null, worked_at: null })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', study.id)
      .where('run', '=', study.run)
      .where('status', '=', 'processing')
      .execute(),
  );
}
