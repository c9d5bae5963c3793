import type { Clinic } from '../../../platform/web/clinics.ts';
import type { SignedContent, SignedKeyFrame } from '../report/signed-content.ts';
import type { DrawnAnalysis } from './drawn-shapes.ts';
import type { SourceImage } from './structured-report.ts';

/** Millimetres of one pixel, along rows and columns. */
export interface PictureScale {
  readonly lateral: number;
  readonly axial: number;
}

/** A key frame with its pixels. */
export interface KeyPicture {
  readonly frame: SignedKeyFrame;
  /** JPEG; null where the file could not be read any more. */
  readonly bytes: Buffer | null;
  /** Of the stored frame, in px: places are told in them. */
  readonly width: number;
  readonly height: number;
  readonly scale: PictureScale | null;
  /** Seconds from the clip's first frame. */
  readonly timeS: number | null;
}

/** What a signed version's papers are made of. */
export interface ReportFacts {
  readonly clinic: Pick<Clinic, 'name' | 'phone' | 'email' | 'sites' | 'demo' | 'locale' | 'timeZone'>;
  readonly content: SignedContent;
  readonly reportId: string;
  readonly correctedReportId: string | null;
  readonly images: readonly SourceImage[];
  readonly analyses: readonly DrawnAnalysis[];
  /** Frame times of each clip, seconds. */
  readonly times: ReadonlyMap<string, readonly number[]>;
}

/** A version with its pictures. */
export interface IllustratedReport extends ReportFacts {
  readonly pictures: readonly KeyPicture[];
}

type State = 'rest' | 'contraction';

/** Whether a frame stands for rest or contraction: by what was chosen and measured in it, else by what its clip shows. */
export function stateOf(
  { content, analyses }: Pick<ReportFacts, 'content' | 'analyses'>,
  { instanceId, frame, analysisId }: Pick<SignedKeyFrame, 'instanceId' | 'frame' | 'analysisId'>,
): State | null {
  const own = content.measurements.filter(
    (one) =>
      one.instanceId === instanceId &&
      one.frame === frame &&
      (analysisId === null || one.analysisIds.includes(analysisId)),
  );
  const chosen = analyses.find(({ id }) => id === analysisId)?.chosen;
  for (const state of ['rest', 'contraction'] as const)
    if (chosen?.[state] === frame || own.some(({ code }) => code.endsWith(`.${state}`))) return state;
  const role = content.clips.find((clip) => clip.instanceId === instanceId)?.role;
  return role === 'rest' || role === 'contraction' ? role : null;
}
