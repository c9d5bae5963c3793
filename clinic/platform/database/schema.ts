import type { ColumnType, Generated } from 'kysely';
import type {
  GeneratedTimestamp,
  Json,
  OfClinic,
  PlainDate,
  PlainDateTime,
  PlainTime,
  Row,
  Timestamp,
} from './columns.ts';
import type { ImagingSchema } from './schema-of-imaging.ts';
import type { PaymentSchema } from './schema-of-payments.ts';
import type { StudySchema } from './schema-of-studies.ts';

type Role = 'clinician' | 'front_desk' | 'owner';
export interface ClinicTable {
  id: Generated<string>;
  slug: string;
  name: string;
  locale: Generated<string>;
  currency: Generated<string>;
  time_zone: string;
  email: string | null;
  phone: string | null;
  demo: Generated<boolean>;
  change_notice_min: Generated<number>;
  reminder_lead_min: Generated<number>;
  idle_lock_min: Generated<number>;
  catalogue_version: Generated<string>;
  created_at: GeneratedTimestamp;
}

export interface ClinicHostTable {
  host: string;
  clinic_id: string;
}

export interface SiteTable extends Row {
  slug: string;
  name: string;
  city: string;
  address: Generated<string>;
  time_zone: string;
  note: Generated<string>;
  position: Generated<number>;
  active: Generated<boolean>;
}

export interface ResourceTable extends Row {
  site_id: string | null;
  name: string;
  kinds: string[];
  person: Generated<boolean>;
  title: Generated<string>;
  bio: Generated<string>;
  listed: Generated<boolean>;
  active: Generated<boolean>;
  position: Generated<number>;
}

export interface OpeningTable extends Row {
  resource_id: string;
  site_id: string | null;
  telehealth: Generated<boolean>;
  weekday: number;
  starts: PlainTime;
  ends: PlainTime;
  time_zone: string;
  valid_from: PlainDate | null;
  valid_to: PlainDate | null;
}

export interface OpeningExceptionTable extends Row {
  kind: 'closed' | 'open';
  site_id: string | null;
  resource_id: string | null;
  starts: PlainDateTime;
  ends: PlainDateTime;
  time_zone: string;
  reason: Generated<string>;
}

export interface ServiceTable extends Row {
  slug: string;
  name: string;
  summary: Generated<string>;
  mode: 'site' | 'telehealth';
  duration_min: number;
  buffer_before_min: Generated<number>;
  buffer_after_min: Generated<number>;
  step_min: Generated<number>;
  lead_min: Generated<number>;
  horizon_days: Generated<number>;
  price_minor: number;
  currency: string;
  online: Generated<boolean>;
  active: Generated<boolean>;
  position: Generated<number>;
  tax_id: string | null;
  payment: Generated<'at_visit' | 'deposit' | 'in_full'>;
  deposit_minor: number | null;
  procedure_code: string | null;
  bring: Generated<string>;
}

export interface ServiceNeedTable extends OfClinic {
  service_id: string;
  kind: string;
  count: Generated<number>;
}

export interface ServiceSiteTable extends OfClinic {
  service_id: string;
  site_id: string;
}

export interface MembershipTable extends OfClinic {
  user_id: string;
  role: Role;
  resource_id: string | null;
  name: string;
  email: string;
  active: Generated<boolean>;
  created_at: GeneratedTimestamp;
}

export interface InvitationTable extends Row {
  user_id: string;
  token_hash: Uint8Array;
  proves_email: boolean;
  invited_by: string;
  expires_at: Timestamp;
  accepted_at: Timestamp | null;
  created_at: GeneratedTimestamp;
}

export interface PatientTable extends Row {
  given_name: string;
  family_name: string;
  search_name: string;
  sound_name: Generated<string>;
  birth_date: PlainDate | null;
  email: string | null;
  phone: string | null;
  note: Generated<string>;
  merged_into: string | null;
  created_at: GeneratedTimestamp;
}

/** A way to find a patient; a trigger keeps these rows. See migration 0005. */
export interface PatientWordTable extends OfClinic {
  term: string;
  patient_id: string;
}

/** Codes of the safety question set that were answered with yes, and the set's version. */
export interface SafetyAnswers {
  readonly version: string;
  readonly yes: readonly string[];
}

export interface HoldTable extends Row {
  service_id: string;
  site_id: string | null;
  starts_at: Timestamp;
  ends_at: Timestamp;
  expires_at: Timestamp;
  draft: Json<Readonly<Record<string, string>>>;
  safety: Json<SafetyAnswers | null>;
  viewer_zone: string | null;
  moves_appointment_id: string | null;
  created_at: GeneratedTimestamp;
}

export type AppointmentStatus = 'booked' | 'arrived' | 'in_room' | 'done' | 'no_show' | 'cancelled';

export interface AppointmentTable extends Row {
  service_id: string;
  site_id: string | null;
  patient_id: string;
  starts_at: Timestamp;
  ends_at: Timestamp;
  status: Generated<AppointmentStatus>;
  source: 'online' | 'desk' | 'request';
  sequence: Generated<number>;
  idempotency_key: string | null;
  viewer_zone: string | null;
  price_minor: number;
  currency: string;
  outside_hours_reason: string | null;
  cancelled_at: Timestamp | null;
  cancelled_by: 'patient' | 'clinic' | null;
  cancelled_late: Generated<boolean>;
  cancel_reason: string | null;
  created_by: string | null;
  created_at: GeneratedTimestamp;
}

export interface BlockTable extends Row {
  label: string;
  starts_at: Timestamp;
  ends_at: Timestamp;
  created_by: string | null;
  created_at: GeneratedTimestamp;
}

export interface ClaimTable extends Row {
  resource_id: string;
  starts_at: Timestamp;
  ends_at: Timestamp;
  appointment_id: string | null;
  hold_id: string | null;
  block_id: string | null;
  expires_at: Timestamp | null;
}

export interface PreferredTime {
  readonly date: PlainDate;
  readonly part: 'morning' | 'afternoon' | 'evening' | 'any';
}

export interface RequestTable extends Row {
  mode: 'telehealth' | 'site';
  site_id: string | null;
  service_id: string | null;
  given_name: string;
  family_name: string;
  search_name: string;
  birth_date: PlainDate | null;
  email: string;
  phone: string | null;
  reason: string;
  preferred: Json<readonly PreferredTime[]>;
  viewer_zone: string | null;
  safety: Json<SafetyAnswers | null>;
  status: Generated<'open' | 'booked' | 'declined'>;
  appointment_id: string | null;
  idempotency_key: string;
  answered_by: string | null;
  answered_at: Timestamp | null;
  answer: string | null;
  created_at: GeneratedTimestamp;
}

export interface TaskTable extends Row {
  kind: 'safety_answer' | 'urgent_referral';
  urgency: 'emergency' | 'same_day' | 'routine';
  detail: Json<Readonly<Record<string, unknown>>>;
  patient_id: string | null;
  appointment_id: string | null;
  request_id: string | null;
  /** The study that it is about, of a referral. */
  study_id: ColumnType<string | null, string | null | undefined, never>;
  due_at: Timestamp;
  done_at: Timestamp | null;
  done_by: string | null;
  outcome: string | null;
  created_at: GeneratedTimestamp;
}

export interface MailTable extends Row {
  kind: string;
  to_name: string;
  to_email: string;
  subject: string;
  body_text: string;
  body_html: string;
  calendar_method: 'REQUEST' | 'CANCEL' | null;
  calendar_ics: string | null;
  appointment_id: string | null;
  request_id: string | null;
  confidential: Generated<boolean>;
  send_at: GeneratedTimestamp;
  status: Generated<'queued' | 'sent' | 'kept' | 'failed' | 'withdrawn'>;
  attempts: Generated<number>;
  last_error: string | null;
  done_at: Timestamp | null;
  created_at: GeneratedTimestamp;
}

export interface AuditEventTable extends OfClinic {
  id: Generated<string>;
  written_in: Generated<string>;
  at: GeneratedTimestamp;
  actor_kind: 'public' | 'staff' | 'system';
  actor_id: string | null;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  detail: Json<Readonly<Record<string, unknown>>>;
}

export interface AuditSealTable extends OfClinic {
  number: string;
  events: number;
  hash: Uint8Array;
  sealed_at: GeneratedTimestamp;
}

export interface AuditSealedTable extends OfClinic {
  event_id: string;
  seal_number: string;
}

/** The database as the program sees it. `clinic/migrations` is the truth; this follows it. */
export interface Schema extends PaymentSchema, StudySchema, ImagingSchema {
  clinic: ClinicTable;
  clinic_host: ClinicHostTable;
  site: SiteTable;
  resource: ResourceTable;
  opening: OpeningTable;
  opening_exception: OpeningExceptionTable;
  service: ServiceTable;
  service_need: ServiceNeedTable;
  service_site: ServiceSiteTable;
  membership: MembershipTable;
  invitation: InvitationTable;
  patient: PatientTable;
  patient_word: PatientWordTable;
  hold: HoldTable;
  appointment: AppointmentTable;
  block: BlockTable;
  claim: ClaimTable;
  request: RequestTable;
  task: TaskTable;
  mail: MailTable;
  audit_event: AuditEventTable;
  audit_seal: AuditSealTable;
  audit_sealed: AuditSealedTable;
}

export type StaffRole = Role;
