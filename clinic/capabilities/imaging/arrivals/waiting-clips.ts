import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { type ClipFacts, clipFactsOf, selectClips } from '../core/clip-facts.ts';

/** Waiting clips that came together: of one study, as their machine sees it. */
export interface WaitingStudy {
  readonly dicomStudyUid: string;
  readonly clips: readonly ClipFacts[];
}

/** More than this wait only where something is wrong with the machine; the oldest are shown. */
const MOST_SHOWN = 200;

/** Clips for which somebody has to say whose they are, study by study, the newest study first. */
export async function readWaiting(clinic: ClinicTransaction): Promise<readonly WaitingStudy[]> {
  const rows = await selectClips(clinic)
    .where('i.study_id', 'is', null)
    .where('i.set_aside_at', 'is', null)
    .orderBy('i.received_at', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  const studies = new Map<string, ClipFacts[]>();
  for (const clip of rows.map(clipFactsOf)) {
    const known = studies.get(clip.dicomStudyUid);
    if (known) known.unshift(clip);
    else studies.set(clip.dicomStudyUid, [clip]);
  }
  return [...studies].map(([dicomStudyUid, clips]) => ({ dicomStudyUid, clips }));
}

/** Clips that were laid aside, the last first. */
export async function readSetAside(clinic: ClinicTransaction): Promise<readonly ClipFacts[]> {
  const rows = await selectClips(clinic)
    .where('i.study_id', 'is', null)
    .where('i.set_aside_at', 'is not', null)
    .orderBy('i.set_aside_at', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  return rows.map(clipFactsOf);
}

/** How many clips wait, and how many files were refused that nobody has seen. */
export async function countWaiting({
  tx,
  clinicId,
}: ClinicTransaction): Promise<{ readonly waiting: number; readonly refused: number }> {
  const [waiting, refused] = [
    await tx
      .selectFrom('imaging_instance')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('clinic_id', '=', clinicId)
      .where('study_id', 'is', null)
      .where('set_aside_at', 'is', null)
      .executeTakeFirst(),
    await tx
      .selectFrom('imaging_refusal')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('clinic_id', '=', clinicId)
      .where('seen_at', 'is', null)
      .executeTakeFirst(),
  ];
  return { waiting: Number(waiting?.count ?? 0), refused: Number(refused?.count ?? 0) };
}
