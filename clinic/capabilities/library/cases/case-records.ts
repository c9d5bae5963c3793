import { z } from 'zod';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { type CaseContent, caseContentSchema } from './case-content.ts';

export type CaseStatus = 'draft' | 'in-review' | 'published' | 'withdrawn';

export interface CaseRow {
  readonly id: string;
  readonly slug: string;
  readonly examId: string;
  readonly consentId: string;
  readonly simulated: boolean;
  readonly status: CaseStatus;
  readonly publishedVersion: number | null;
  readonly madeBy: string;
  /** Epoch milliseconds. */
  readonly withdrawnAt: number | null;
}

const reviewSchema = z.object({
  decision: z.enum(['approved', 'sent-back']),
  /** The ids of the checks that were ticked. */
  checks: z.array(z.string()).readonly(),
  note: z.string(),
});
export type Review = z.infer<typeof reviewSchema>;

/** One version of a case. Instants in epoch milliseconds. */
export interface CaseVersion {
  readonly caseId: string;
  readonly version: number;
  readonly content: CaseContent;
  readonly writtenBy: string;
  readonly writtenAt: number;
  readonly sentAt: number | null;
  readonly review: Review | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: number | null;
  readonly publishedAt: number | null;
}

/** The newest version decides what can be done next with a case. */
export type Stage = 'writing' | 'in-review' | 'sent-back' | 'approved' | 'published';

export function stageOf({ sentAt, review, publishedAt }: CaseVersion): Stage {
  if (publishedAt !== null) return 'published';
  if (review) return review.decision === 'approved' ? 'approved' : 'sent-back';
  return sentAt === null ? 'writing' : 'in-review';
}

export function selectCases({ tx, clinicId }: ClinicTransaction) {
  return tx.selectFrom('case_study').selectAll().where('clinic_id', '=', clinicId);
}

type StoredCase = Awaited<ReturnType<ReturnType<typeof selectCases>['execute']>>[number];

export function caseOf(row: StoredCase): CaseRow {
  return {
    id: row.id,
    slug: row.slug,
    examId: row.study_id,
    consentId: row.consent_id,
    simulated: row.simulated,
    status: row.status,
    publishedVersion: row.published_version,
    madeBy: row.made_by,
    withdrawnAt: row.withdrawn_at?.getTime() ?? null,
  };
}

export async function readCase(clinic: ClinicTransaction, id: string): Promise<CaseRow | null> {
  const row = await selectCases(clinic).where('id', '=', id).executeTakeFirst();
  return row ? caseOf(row) : null;
}

/** A case that nobody else can change until the end of this transaction. */
export async function lockCase(clinic: ClinicTransaction, id: string): Promise<CaseRow | null> {
  const row = await selectCases(clinic).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? caseOf(row) : null;
}

/** All versions of a case, the newest first. */
export async function readVersions(
  { tx, clinicId }: ClinicTransaction,
  caseId: string,
): Promise<readonly CaseVersion[]> {
  const rows = await tx
    .selectFrom('case_version')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('case_id', '=', caseId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    version: row.version,
    content: caseContentSchema.parse(row.content),
    writtenBy: row.written_by,
    writtenAt: row.written_at.getTime(),
    sentAt: row.sent_at?.getTime() ?? null,
    review: row.review === null ? null : reviewSchema.parse(row.review),
    reviewedBy: row.reviewed_by,
    reviewedAt: row.reviewed_at?.getTime() ?? null,
    publishedAt: row.published_at?.getTime() ?? null,
  }));
}

const picturesSchema = z.array(
  z.object({
    /** Of the clip. */
    frame: z.number(),
    /** Seconds from the clip's first frame. */
    time: z.number(),
    /** Where its bytes begin in the file, and how many they are. */
    offset: z.number(),
    length: z.number(),
    /** Of the curve at this frame; null where there is none or the places were lost. */
    value: z.number().nullable(),
    standardError: z.number().nullable(),
  }),
);
export type CasePicture = z.infer<typeof picturesSchema>[number];

/** Left, top, right, bottom in px of the stored frame, all inclusive. */
export type Area = readonly [left: number, top: number, right: number, bottom: number];
const areasSchema = z.array(z.tuple([z.number(), z.number(), z.number(), z.number()]));

/** The pixels of one clip as the public sees them. */
export interface CaseClip {
  readonly id: string;
  readonly position: number;
  readonly instanceId: string;
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly restFrame: number;
  readonly contractionFrame: number;
  readonly blacked: readonly Area[];
  /** Null once the pixels were removed. */
  readonly fileId: string | null;
  /** Of the file with all pictures, hexadecimal; null as well. */
  readonly sha256: string | null;
  readonly pictures: readonly CasePicture[];
  readonly width: number;
  readonly height: number;
}

/** The clips of one version in their order. Those that were taken out are not among them; withdrawn ones neither. */
export async function readCaseClips(
  { tx, clinicId }: ClinicTransaction,
  caseId: string,
  version: number,
): Promise<readonly CaseClip[]> {
  const rows = await tx
    .selectFrom('case_clip as c')
    .leftJoin('stored_file as f', (join) =>
      join.onRef('f.clinic_id', '=', 'c.clinic_id').onRef('f.id', '=', 'c.file_id'),
    )
    .selectAll('c')
    .select('f.sha256')
    .where('c.clinic_id', '=', clinicId)
    .where('c.case_id', '=', caseId)
    .where('c.version', '=', version)
    .where('c.removed_at', 'is', null)
    .orderBy('c.position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    position: row.position,
    instanceId: row.instance_id,
    firstFrame: row.first_frame,
    lastFrame: row.last_frame,
    restFrame: row.rest_frame,
    contractionFrame: row.contraction_frame,
    blacked: areasSchema.parse(row.blacked),
    fileId: row.file_id,
    sha256: row.sha256,
    pictures: picturesSchema.parse(row.pictures),
    width: row.width,
    height: row.height,
  }));
}
