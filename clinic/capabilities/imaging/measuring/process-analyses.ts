import { sql } from 'kysely';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { type ClipFacts, readClip } from '../core/clip-facts.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { type Analysis, readAnalysis } from './analysis.ts';
import { storeAnalysed } from './change-analysis.ts';
import { measureAtOnce } from './measure-at-once.ts';
import { analyseInThread } from './run-thread.ts';
import { toolOf } from './tools.ts';

/** A worker that has not been heard of for this long is gone, and another takes the analysis over. */
const LOST_AFTER = sql`interval '30 seconds'`;
/** While a worker follows marks it says so at least this often. */
const SIGN_OF_LIFE_MS = 5_000;
/** Progress is written no more often than this. */
const PROGRESS_MS = 300;
const MOST_ATTEMPTS = 3;

/** Taken back, or taken over, while it was worked on: nobody waits for it. */
class CalledOff extends Error {
  override readonly name = 'CalledOff';
}

/** Follows the marks of every analysis of a clinic that waits, one after the other. Returns how many became ready. */
export async function processAnalyses(platform: Platform, context: ClinicContext): Promise<number> {
  let made = 0;
  for (let claimed = await claim(context); claimed; claimed = await claim(context))
    if (await processOne(platform, context, claimed)) made += 1;
  return made;
}

interface Claimed {
  readonly analysis: Analysis;
  readonly clip: ClipFacts;
}

/** Takes an analysis that waits, so that no other worker does; one that needs another's distance comes after it. */
async function claim(context: ClinicContext): Promise<Claimed | null> {
  return inClinic(context, async (clinic) => {
    const { rows } = await sql<{ id: string }>`
      update imaging_analysis set status = 'working', worked_at = clock_timestamp(), attempts = attempts + 1
      where clinic_id = ${clinic.clinicId} and id = (
        select a.id from imaging_analysis a where a.clinic_id = ${clinic.clinicId} and a.removed_at is null
          and (a.status = 'waiting'
            or (a.status = 'working' and a.worked_at < clock_timestamp() - ${LOST_AFTER}))
          and not exists (select from imaging_analysis w
            where w.clinic_id = a.clinic_id and w.id::text = a.marks -> 'asked' ->> 'width'
              and w.removed_at is null and w.status in ('waiting', 'working'))
        order by a.made_at limit 1 for update of a skip locked)
      returning id`.execute(clinic.tx);
    const [row] = rows;
    const analysis = row && (await readAnalysis(clinic, row.id));
    const clip = analysis && (await readClip(clinic, analysis.instanceId));
    return analysis && clip ? { analysis, clip } : null;
  });
}

async function processOne(
  platform: Platform,
  context: ClinicContext,
  { analysis, clip }: Claimed,
): Promise<boolean> {
  if (analysis.attempts > MOST_ATTEMPTS) {
    await fail(
      context,
      analysis,
      'Following these marks was broken off three times. Set them anew to try again.',
    );
    return false;
  }
  const off = new AbortController();
  const tell = teller(context, analysis, off);
  const alive = setInterval(() => tell.now(), SIGN_OF_LIFE_MS);
  try {
    const analysed = await analyse(platform, context, { analysis, clip }, tell.progress, off.signal);
    return await inClinic(context, (clinic) => storeAnalysed(clinic, analysis, analysed));
  } catch (error) {
    if (error instanceof CalledOff) return false;
    const known = error instanceof ImagingError;
    await fail(
      context,
      analysis,
      known ? error.message : 'Something went wrong on our side. Please tell us, and try again later.',
    );
    if (!known) throw error;
    return false;
  } finally {
    clearInterval(alive);
  }
}

function analyse(
  platform: Platform,
  context: ClinicContext,
  { analysis, clip }: Claimed,
  onProgress: (done: number, of: number) => void,
  signal: AbortSignal,
) {
  const files = filesOf(platform.config);
  const { frame, points, asked } = analysis.marks;
  if (toolOf(analysis.tool)?.follow === null || clip.frames === 1)
    return inClinic(context, (clinic) =>
      measureAtOnce(clinic, files, { clip, tool: analysis.tool, marks: analysis.marks }),
    );
  return analyseInThread(
    {
      path: files.pathOf({ clinicId: context.clinicId, sha256: clip.sha256 }),
      clip: { format: clip.format, setScale: clip.setScale },
      tool: analysis.tool,
      ...{ frame, places: points, asked },
    },
    onProgress,
    signal,
  );
}

/** Writes how far it is, and finds out that nobody wants it any more. */
function teller(context: ClinicContext, analysis: Analysis, off: AbortController) {
  let progress = { done: 0, of: 1 };
  let toldAt = 0;
  const now = () => {
    toldAt = Date.now();
    sayProgress(context, analysis, progress)
      .then((wanted) => {
        if (!wanted) off.abort(new CalledOff());
      })
      .catch(() => {});
  };
  return {
    now,
    progress(done: number, of: number) {
      progress = { done, of };
      if (Date.now() - toldAt > PROGRESS_MS) now();
    },
  };
}

async function sayProgress(
  context: ClinicContext,
  { id, attempts }: Analysis,
  progress: { readonly done: number; readonly of: number },
): Promise<boolean> {
  const told = await inClinic(context, ({ tx, clinicId }) =>
    tx
      .updateTable('imaging_analysis')
      .set({ progress, worked_at: sql<Date>`clock_timestamp()` })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .where('status', '=', 'working')
      .where('attempts', '=', attempts)
      .where('removed_at', 'is', null)
      .executeTakeFirst(),
  );
  return told.numUpdatedRows === 1n;
}

async function fail(context: ClinicContext, { id, attempts }: Analysis, failure: string): Promise<void> {
  await inClinic(context, ({ tx, clinicId }) =>
    tx
      .updateTable('imaging_analysis')
      .set({ status: 'failed', failure: failure.slice(0, 500), progress: null, worked_at: null })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .where('status', '=', 'working')
      .where('attempts', '=', attempts)
      .execute(),
  );
}
