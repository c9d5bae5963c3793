import type { ColumnType, Generated } from 'kysely';
import type { GeneratedTimestamp, Json, OfClinic, Row, Timestamp } from './columns.ts';

/** A count of bytes: PostgreSQL sends it as text. */
type Bytes = ColumnType<string, number, number>;
type GeneratedBytes = ColumnType<string, number | undefined, number>;

export type FileStatus = 'uploading' | 'ready' | 'refused' | 'deleted';

export interface StoredFileTable extends Row {
  name: string;
  media_type: string;
  size: Bytes;
  sha256: string | null;
  status: Generated<FileStatus>;
  received: GeneratedBytes;
  refused_reason: string | null;
  created_by: string | null;
  created_at: GeneratedTimestamp;
  changed_at: GeneratedTimestamp;
}

export type StudyStatus = 'draft' | 'processing' | 'ready' | 'failed' | 'signed';

export interface StudyTable extends Row {
  kind: Generated<'gait' | 'ultrasound'>;
  patient_id: string;
  appointment_id: string | null;
  entitlement_id: string | null;
  status: Generated<StudyStatus>;
  condition: Generated<string>;
  footwear: Generated<string>;
  walking_aid: Generated<string>;
  subject: Json<unknown>;
  lab: Json<unknown>;
  taken_at: Timestamp;
  run: Generated<number>;
  worked_at: Timestamp | null;
  attempts: Generated<number>;
  progress: ColumnType<unknown, unknown, unknown>;
  failure: string | null;
  result_id: string | null;
  draft: Json<unknown>;
  created_by: string | null;
  created_at: GeneratedTimestamp;
}

export type TrialRole = 'standing' | 'walking' | 'other';

export interface StudyFileTable extends OfClinic {
  study_id: string;
  file_id: string;
  role: TrialRole;
  state: Generated<'accepted' | 'rejected'>;
  reason: string | null;
  decided_by: string | null;
  facts: Json<unknown>;
  position: Generated<number>;
}

export interface StudyResultTable extends Row {
  study_id: string;
  run: number;
  method: string;
  method_version: string;
  made_from: ColumnType<unknown, unknown, never>;
  report: ColumnType<unknown, unknown, never>;
  motion: ColumnType<unknown, unknown, never>;
  created_at: GeneratedTimestamp;
}

export interface StudyReportTable extends Row {
  study_id: string;
  version: number;
  result_id: string;
  findings: string;
  plain: ColumnType<unknown, unknown, never>;
  signed_by: string;
  signed_name: string;
  signed_at: Timestamp;
  supersedes: string | null;
  earlier_result_id: ColumnType<string | null, string | null | undefined, never>;
}

export interface NormPackageTable extends Row {
  name: string;
  content: ColumnType<unknown, unknown, never>;
  sha256: string;
  status: Generated<'in-use' | 'set-aside'>;
  built_from: ColumnType<string[], string[] | undefined, never>;
  installed_by: string;
  installed_at: GeneratedTimestamp;
  changed_at: GeneratedTimestamp;
}

export type MeasurementStatus = 'preliminary' | 'final' | 'superseded';

export interface MeasurementTable extends Row {
  patient_id: string;
  episode_id: string | null;
  study_id: string | null;
  result_id: string | null;
  code: string;
  loinc: string | null;
  snomed: string | null;
  body_site: string | null;
  side: 'left' | 'right' | null;
  value: number | null;
  value_code: string | null;
  unit: string | null;
  status: Generated<MeasurementStatus>;
  supersedes: string | null;
  method: string;
  method_version: string;
  standard_error: number | null;
  minimal_detectable_change: number | null;
  citation: string | null;
  taken_by: string;
  taken_at: Timestamp;
  file_id: string | null;
  created_at: GeneratedTimestamp;
}

export interface ShareLinkTable extends Row {
  study_id: string;
  token_hash: Uint8Array;
  expires_at: Timestamp;
  revoked_at: Timestamp | null;
  opened: Generated<number>;
  created_by: string;
  created_at: GeneratedTimestamp;
}

/** Files, capture sessions and measurements. `clinic/migrations` is the truth; this follows it. */
export interface StudySchema {
  stored_file: StoredFileTable;
  study: StudyTable;
  study_file: StudyFileTable;
  study_result: StudyResultTable;
  study_report: StudyReportTable;
  measurement: MeasurementTable;
  share_link: ShareLinkTable;
  norm_package: NormPackageTable;
}
