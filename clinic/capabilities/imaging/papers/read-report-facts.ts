import { SonographyError } from '@rectus/sonography';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { FileError, type FileStore } from '../../../platform/files/index.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { type ClipFacts, readClip } from '../core/clip-facts.ts';
import { clipOf } from '../core/open-clip.ts';
import { readMadeFrom } from '../report/made-from.ts';
import { readSignedContent, readVersions } from '../report/read-signed.ts';
import type { SignedContent, SignedKeyFrame } from '../report/signed-content.ts';
import type { DrawnAnalysis } from './drawn-shapes.ts';
import { renderFrame } from './render-frame.ts';
import type { IllustratedReport, KeyPicture, ReportFacts } from './report-facts.ts';

/** A signed version with the stored clips that it speaks of, their scales as they were then. */
export interface StoredReport extends ReportFacts {
  readonly clips: ReadonlyMap<string, ClipFacts>;
}

/** Two in a row on paper, sharp when printed. */
const PICTURE_WIDTH = 900;

/** What the papers of a signed version are made of, without its pixels; null where there is no such version. */
export async function readStoredReport(
  clinic: ClinicTransaction,
  of: Clinic,
  examId: string,
  version: number,
): Promise<StoredReport | null> {
  const versions = await readVersions(clinic, examId);
  const signed = versions.find((one) => one.version === version);
  const content = signed && (await readSignedContent(clinic, examId, version));
  const from = content && (await readMadeFrom(clinic, examId, version));
  if (!content || !from) return null;
  const scales = new Map(from.clips.map(({ instanceId, setScale }) => [instanceId, setScale]));
  const clips = await readAll(instanceIds(content), async (id) => {
    const clip = await readClip(clinic, id);
    return clip && { ...clip, setScale: scales.get(id) ?? null };
  });
  return {
    clinic: of,
    content,
    reportId: signed.reportId,
    correctedReportId: versions.find((one) => one.version === version - 1)?.reportId ?? null,
    images: [...clips.values()].map((clip) => ({
      instanceId: clip.id,
      sopClass: clip.sopClass,
      sopUid: clip.sopUid,
      seriesUid: clip.seriesUid,
      studyUid: clip.dicomStudyUid,
      frames: clip.frames,
    })),
    analyses: from.analyses.flatMap(({ id, instanceId, tool, result, chosen }): DrawnAnalysis[] =>
      result ? [{ id, instanceId, tool, result, chosen }] : [],
    ),
    times: new Map([...clips].map(([id, { times }]) => [id, times])),
    clips,
  };
}

/** The same with the pictures of its key frames, whose files are read outside of any transaction. */
export async function illustrate(
  files: FileStore,
  clinicId: string,
  report: StoredReport,
): Promise<IllustratedReport> {
  const pictures: KeyPicture[] = [];
  for (const frame of report.content.keyFrames)
    pictures.push(await pictureOf(files, clinicId, report, frame));
  return { ...report, pictures };
}

async function pictureOf(
  files: FileStore,
  clinicId: string,
  { clips, analyses }: StoredReport,
  frame: SignedKeyFrame,
): Promise<KeyPicture> {
  const facts = clips.get(frame.instanceId);
  const analysis = analyses.find(({ id }) => id === frame.analysisId);
  const known = {
    frame,
    width: facts?.width ?? 4,
    height: facts?.height ?? 3,
    timeS: facts?.times[frame.frame] ?? null,
  };
  const missing: KeyPicture = { ...known, bytes: null, scale: null };
  if (!facts) return missing;
  try {
    const clip = await clipOf(files, clinicId, facts);
    const bytes = await renderFrame(clip, frame.frame, { type: 'image/jpeg', maxWidth: PICTURE_WIDTH });
    const scale = analysis?.result.scale ?? clip.regions.find((region) => region.scale)?.scale ?? null;
    return { ...known, bytes, scale };
  } catch (error) {
    // A report whose picture was lost is still a report, and says so.
    if (error instanceof SonographyError || error instanceof FileError) return missing;
    throw error;
  }
}

function instanceIds({ clips, keyFrames, measurements }: SignedContent): ReadonlySet<string> {
  return new Set([...clips, ...keyFrames, ...measurements].map(({ instanceId }) => instanceId));
}

async function readAll<Value>(
  ids: ReadonlySet<string>,
  read: (id: string) => Promise<Value | null>,
): Promise<ReadonlyMap<string, Value>> {
  const found = new Map<string, Value>();
  for (const id of ids) {
    const value = await read(id);
    if (value !== null) found.set(id, value);
  }
  return found;
}
