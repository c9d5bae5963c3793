import type { Region } from '@rectus/sonography';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { BodySide, ClipRole, ImagingSource } from '../../../platform/database/schema-of-imaging.ts';
import { type Probe, probeOf } from './probe.ts';

export type { ClipRole, ImagingSource };

/** A scale that a person set on a distance that they knew, in px of the stored frame. */
export interface SetScale {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly mm: number;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Whose a file says it is, each null where it does not say. */
export interface ClipSays {
  /** Family name, given name and so on, divided by carets. */
  readonly name: string | null;
  readonly patientId: string | null;
  /** YYYYMMDD. */
  readonly birthDate: string | null;
  readonly accession: string | null;
  /** YYYYMMDD. */
  readonly studyDate: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  /** Whether writing about the person is part of the picture. */
  readonly burnedIn: boolean | null;
}

/** A stored clip or still as everything but its pixels. */
export interface ClipFacts {
  readonly id: string;
  readonly fileId: string;
  /** Hexadecimal; the file's name on the disk. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly format: 'dicom' | 'still';
  readonly examId: string | null;
  readonly sopUid: string;
  readonly sopClass: string;
  readonly seriesUid: string;
  readonly dicomStudyUid: string;
  readonly transferSyntax: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Seconds from the first frame. */
  readonly times: readonly number[];
  /** As in the file; the scale that a person set is not in them. */
  readonly regions: readonly Region[];
  readonly setScale: SetScale | null;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly says: ClipSays;
  /** For each frame where its bytes lie in the file: offset, length, and again for every further fragment. */
  readonly frameIndex: readonly (readonly number[])[];
  readonly source: ImagingSource;
  readonly machineId: string | null;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly matchedBy: string | null;
  readonly waitingReason: string | null;
  readonly setAside: boolean;
  readonly role: ClipRole | null;
  readonly side: BodySide | null;
  readonly label: string;
  readonly probe: Probe | null;
}

export function selectClips({ tx, clinicId }: ClinicTransaction) {
  return tx
    .selectFrom('imaging_instance as i')
    .innerJoin('stored_file as f', (join) =>
      join.onRef('f.clinic_id', '=', 'i.clinic_id').onRef('f.id', '=', 'i.file_id'),
    )
    .select([
      ...([
        'i.id',
        'i.file_id',
        'i.format',
        'i.study_id',
        'i.sop_uid',
        'i.sop_class',
        'i.series_uid',
      ] as const),
      ...(['i.dicom_study_uid', 'i.transfer_syntax', 'i.width', 'i.height', 'i.frames', 'i.times'] as const),
      ...(['i.regions', 'i.set_scale', 'i.warnings', 'i.says', 'i.frame_index', 'i.source'] as const),
      ...(['i.machine_id', 'i.received_at', 'i.matched_by', 'i.waiting_reason', 'i.set_aside_at'] as const),
      ...(['i.role', 'i.side', 'i.label', 'i.probe', 'f.sha256', 'f.size'] as const),
    ])
    .where('i.clinic_id', '=', clinicId);
}

export type ClipRow = Awaited<ReturnType<ReturnType<typeof selectClips>['execute']>>[number];

export function clipFactsOf(row: ClipRow): ClipFacts {
  return {
    id: row.id,
    fileId: row.file_id,
    sha256: row.sha256 ?? '',
    sizeBytes: Number(row.size),
    format: row.format,
    examId: row.study_id,
    sopUid: row.sop_uid,
    sopClass: row.sop_class,
    seriesUid: row.series_uid,
    dicomStudyUid: row.dicom_study_uid,
    transferSyntax: row.transfer_syntax,
    width: row.width,
    height: row.height,
    frames: row.frames,
    times: row.times,
    regions: row.regions as readonly Region[],
    setScale: row.set_scale as SetScale | null,
    warnings: row.warnings as ClipFacts['warnings'],
    says: row.says as ClipSays,
    frameIndex: row.frame_index as ClipFacts['frameIndex'],
    source: row.source,
    machineId: row.machine_id,
    receivedAt: row.received_at.getTime(),
    matchedBy: row.matched_by,
    waitingReason: row.waiting_reason,
    setAside: row.set_aside_at !== null,
    role: row.role,
    side: row.side,
    label: row.label,
    probe: probeOf(row.probe),
  };
}

/** The clips of an examination, in the order in which they came. */
export async function readClips(clinic: ClinicTransaction, examId: string): Promise<readonly ClipFacts[]> {
  const rows = await selectClips(clinic)
    .where('i.study_id', '=', examId)
    .where('i.set_aside_at', 'is', null)
    .orderBy('i.received_at')
    .orderBy('i.id')
    .execute();
  return rows.map(clipFactsOf);
}

/** One clip, or null where the clinic has none of this id. */
export async function readClip(clinic: ClinicTransaction, instanceId: string): Promise<ClipFacts | null> {
  const row = await selectClips(clinic).where('i.id', '=', instanceId).executeTakeFirst();
  return row ? clipFactsOf(row) : null;
}
