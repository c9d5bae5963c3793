import type { ColumnType, Generated } from 'kysely';
import type { GeneratedTimestamp, Json, OfClinic, Row, Timestamp } from './columns.ts';

/** Null until it is known, and may be set later. */
type Later<T> = ColumnType<T | null, T | null | undefined, T | null>;
type Fixed<T> = ColumnType<T, T, never>;

export interface ClinicAeTitleTable extends OfClinic {
  ae_title: string;
}

export interface ImagingMachineTable extends Row {
  name: string;
  ae_title: Later<string>;
  token_hash: Later<Uint8Array>;
  token_prefix: Later<string>;
  may_store: Generated<boolean>;
  may_read: Generated<boolean>;
  active: Generated<boolean>;
  last_seen_at: Later<Date>;
  created_by: string | null;
  created_at: GeneratedTimestamp;
}

export type Suspicion = 'muscle-injury' | 'abdominal-wall' | 'other';
export type BodySide = 'left' | 'right';

export interface ImagingExamTable extends OfClinic {
  study_id: string;
  number: ColumnType<string, never, never>;
  study_uid: Fixed<string>;
  suspicion: Generated<Suspicion>;
  anatomy: Generated<string>;
  side: Later<BodySide>;
  question: Generated<string>;
  manoeuvre: Generated<string>;
  position: Generated<string>;
  probe: Later<unknown>;
}

export type ImagingSource = 'stow' | 'c-store' | 'upload' | 'simulator';
export type ClipRole = 'rest' | 'contraction' | 'both' | 'other';

export interface ImagingInstanceTable extends Row {
  file_id: string;
  format: Generated<'dicom' | 'still'>;
  study_id: Later<string>;
  sop_uid: Fixed<string>;
  sop_class: Fixed<string>;
  series_uid: Fixed<string>;
  dicom_study_uid: Fixed<string>;
  modality: Generated<string>;
  transfer_syntax: Fixed<string>;
  data_sha256: Fixed<string>;
  width: Fixed<number>;
  height: Fixed<number>;
  frames: Fixed<number>;
  times: Fixed<number[]>;
  regions: Fixed<unknown>;
  set_scale: Later<unknown>;
  warnings: Json<unknown>;
  says: Json<unknown>;
  metadata: Fixed<unknown>;
  frame_index: Fixed<unknown>;
  source: Fixed<ImagingSource>;
  machine_id: string | null;
  received_at: GeneratedTimestamp;
  matched_at: Later<Date>;
  matched_by: Later<string>;
  waiting_reason: Later<string>;
  set_aside_at: Later<Date>;
  role: Later<ClipRole>;
  side: Later<BodySide>;
  label: Generated<string>;
  probe: Later<unknown>;
}

export interface ImagingDicomStudyTable extends OfClinic {
  study_uid: Fixed<string>;
  name_key: string;
  patient_id: string | null;
  accession: string | null;
  study_date: string | null;
  attributes: Json<unknown>;
  first_at: GeneratedTimestamp;
}

export interface ImagingRefusalTable extends Row {
  code: string;
  reason: string;
  source: Exclude<ImagingSource, 'simulator'>;
  machine_id: string | null;
  file_id: string | null;
  sop_uid: string | null;
  dicom_study_uid: string | null;
  at: GeneratedTimestamp;
  seen_at: Later<Date>;
  seen_by: Later<string>;
}

export interface ImagingAnalysisTable extends Row {
  study_id: string;
  instance_id: string;
  tool: string;
  marks: Json<unknown>;
  status: Generated<'waiting' | 'working' | 'ready' | 'failed'>;
  progress: Later<unknown>;
  failure: Later<string>;
  result: Later<unknown>;
  chosen: Later<unknown>;
  method: Later<string>;
  method_version: Later<string>;
  worked_at: Later<Date>;
  attempts: Generated<number>;
  made_by: string;
  made_at: GeneratedTimestamp;
  removed_at: Later<Date>;
}

export interface ImagingMomentTable extends Row {
  study_id: string;
  instance_id: string;
  time_s: number;
  words: string;
  made_by: string;
  made_at: GeneratedTimestamp;
  removed_at: Later<Date>;
}

export interface ImagingKeyFrameTable extends Row {
  study_id: string;
  instance_id: string;
  frame: number;
  caption: Generated<string>;
  analysis_id: Later<string>;
  made_by: string;
  made_at: GeneratedTimestamp;
  removed_at: Later<Date>;
}

export interface ImagingExceptionTable extends Row {
  study_id: string;
  report_id: string;
  rule: string;
  reason: string;
  given_by: string;
  given_at: Timestamp;
  reviewed_by: Later<string>;
  reviewed_at: Later<Date>;
  review_note: Later<string>;
}

export type ToldHow = 'in-person' | 'telephone' | 'video' | 'secure-message';

export interface ImagingReferralTable extends Row {
  study_id: string;
  report_id: string;
  task_id: string;
  told_name: string;
  told_how: ToldHow;
  told_at: Timestamp;
  told_by: string;
  referred_to: string;
  reason: string;
  answer: Later<string>;
  answered_at: Later<Date>;
  answered_by: Later<string>;
  created_at: GeneratedTimestamp;
}

export interface ConsentTable extends Row {
  patient_id: string;
  purpose: 'publication';
  study_id: string | null;
  text_version: number;
  text_sha256: string;
  asked_at: GeneratedTimestamp;
  asked_by: string;
  given_at: Later<Date>;
  given_how: Later<'portal' | 'paper'>;
  given_by: Later<string>;
  declined_at: Later<Date>;
  withdrawn_at: Later<Date>;
  withdrawn_how: Later<'portal' | 'desk'>;
  withdrawn_by: Later<string>;
}

export interface CaseStudyTable extends Row {
  slug: string;
  study_id: string;
  consent_id: string;
  simulated: Generated<boolean>;
  status: Generated<'draft' | 'in-review' | 'published' | 'withdrawn'>;
  published_version: Later<number>;
  made_by: string;
  made_at: GeneratedTimestamp;
  withdrawn_at: Later<Date>;
}

export interface CaseVersionTable extends OfClinic {
  case_id: string;
  version: number;
  content: Json<unknown>;
  written_by: string;
  written_at: GeneratedTimestamp;
  sent_at: Later<Date>;
  review: Later<unknown>;
  reviewed_by: Later<string>;
  reviewed_at: Later<Date>;
  published_at: Later<Date>;
}

export interface CaseClipTable extends Row {
  case_id: string;
  version: Fixed<number>;
  position: number;
  instance_id: string;
  first_frame: number;
  last_frame: number;
  rest_frame: number;
  contraction_frame: number;
  blacked: Json<unknown>;
  file_id: string | null;
  pictures: Json<unknown>;
  width: number;
  height: number;
  removed_at: Later<Date>;
}

/** Ultrasound examinations, their clips, and public cases. `clinic/migrations` is the truth; this follows it. */
export interface ImagingSchema {
  clinic_ae_title: ClinicAeTitleTable;
  imaging_machine: ImagingMachineTable;
  imaging_exam: ImagingExamTable;
  imaging_instance: ImagingInstanceTable;
  imaging_dicom_study: ImagingDicomStudyTable;
  imaging_refusal: ImagingRefusalTable;
  imaging_analysis: ImagingAnalysisTable;
  imaging_moment: ImagingMomentTable;
  imaging_key_frame: ImagingKeyFrameTable;
  imaging_exception: ImagingExceptionTable;
  imaging_referral: ImagingReferralTable;
  consent: ConsentTable;
  case_study: CaseStudyTable;
  case_version: CaseVersionTable;
  case_clip: CaseClipTable;
}
