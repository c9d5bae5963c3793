-- Dynamic ultrasound: clips that machines send, whose they are, what was measured in them, what was reported, who was told
-- of a complete tear, and which cases are public with whose consent.

alter table study drop constraint study_kind_check;
alter table study add constraint study_kind_check check (kind in ('gait', 'ultrasound'));
drop index study_waiting;
create index study_waiting on study (clinic_id, created_at) where status = 'processing' and kind = 'gait';

-- A study says one thing about one place of one side at a time.
drop index measurement_current;
create unique index measurement_current on measurement (clinic_id, study_id, code, body_site, side) nulls not distinct
  where study_id is not null and status <> 'superseded';

-- By which name the clinic is called on the DICOM network. Needed before a clinic is known, as its host name is.
create table clinic_ae_title (
  ae_title text primary key check (ae_title ~ '^[!-\[\]-~]{1,16}$'),
  clinic_id uuid not null unique references clinic (id) on delete cascade
);
alter table clinic_ae_title enable row level security;
alter table clinic_ae_title force row level security;
create policy anybody_reads on clinic_ae_title for select using (true);
create policy own_row on clinic_ae_title using (clinic_id = (select current_clinic()))
  with check (clinic_id = (select current_clinic()));

-- A machine or a program that may send clips, or fetch them.
create table imaging_machine (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  name text not null check (length(name) between 1 and 120),
  -- of machines that speak DIMSE: the name they call themselves by
  ae_title text check (ae_title ~ '^[!-\[\]-~]{1,16}$'),
  -- of programs that speak DICOMweb: the hash of their token
  token_hash bytea check (length(token_hash) = 32),
  -- how the token begins, to know it again by
  token_prefix text check (length(token_prefix) between 4 and 20),
  may_store boolean not null default true,
  may_read boolean not null default false,
  active boolean not null default true,
  last_seen_at timestamptz,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, ae_title),
  unique (clinic_id, token_hash),
  check ((token_hash is null) = (token_prefix is null))
);

-- What an ultrasound examination is about. One for each study of kind ultrasound.
create table imaging_exam (
  clinic_id uuid not null references clinic (id) on delete cascade,
  study_id uuid not null,
  -- on the worklist and in the files: US1001
  number bigint not null generated always as identity (start with 1001),
  -- the DICOM Study Instance UID that the worklist hands out
  study_uid text not null check (length(study_uid) between 3 and 64),
  suspicion text not null default 'other' check (suspicion in ('muscle-injury', 'abdominal-wall', 'other')),
  -- the structure, such as "Rectus femoris"
  anatomy text not null default '' check (length(anatomy) <= 120),
  side text check (side in ('left', 'right')),
  question text not null default '' check (length(question) <= 1000),
  -- what the patient does, and how they lie
  manoeuvre text not null default '' check (length(manoeuvre) <= 300),
  position text not null default '' check (length(position) <= 300),
  -- where on the body the probe stood: { view, x, y, angle, axis, words }
  probe jsonb,
  primary key (clinic_id, study_id),
  unique (clinic_id, study_uid),
  unique (clinic_id, number),
  foreign key (clinic_id, study_id) references study (clinic_id, id) on delete cascade
);

-- One picture or clip as it came, with an index of its frames, so that they are served without reading the file anew.
create table imaging_instance (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  file_id uuid not null,
  format text not null default 'dicom' check (format in ('dicom', 'still')),
  -- the examination; empty while nobody has said whose it is
  study_id uuid,
  sop_uid text not null check (length(sop_uid) between 3 and 64),
  sop_class text not null check (length(sop_class) between 3 and 64),
  series_uid text not null check (length(series_uid) between 3 and 64),
  dicom_study_uid text not null check (length(dicom_study_uid) between 3 and 64),
  modality text not null default '',
  transfer_syntax text not null,
  -- of the data set alone: the same clip that came by another door has another file head
  data_sha256 text not null check (data_sha256 ~ '^[0-9a-f]{64}$'),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  frames integer not null check (frames > 0),
  -- seconds from the first frame
  times double precision[] not null,
  -- regions with their scales, or why nothing may be measured in them
  regions jsonb not null,
  -- a scale that a person set on a known distance, where the file has none: { from, to, mm, by, at }
  set_scale jsonb,
  warnings jsonb not null default '[]',
  -- whose the file says it is: { name, patientId, birthDate, accession, studyDate, manufacturer, model, burnedIn }
  says jsonb not null default '{}',
  -- every element as DICOM JSON, without pixels
  metadata jsonb not null,
  -- for each frame where its bytes lie in the file: [offset, length, …]
  frame_index jsonb not null,
  source text not null check (source in ('stow', 'c-store', 'upload', 'simulator')),
  machine_id uuid,
  received_at timestamptz not null default now(),
  matched_at timestamptz,
  -- 'worklist', or the user who confirmed it
  matched_by text,
  -- why nobody could be matched, or why it was laid aside, in words
  waiting_reason text check (length(waiting_reason) between 1 and 500),
  set_aside_at timestamptz,
  -- what it shows in the examination
  role text check (role in ('rest', 'contraction', 'both', 'other')),
  side text check (side in ('left', 'right')),
  label text not null default '' check (length(label) <= 120),
  probe jsonb,
  primary key (clinic_id, id),
  unique (clinic_id, sop_uid),
  check ((study_id is null) = (matched_at is null)),
  foreign key (clinic_id, file_id) references stored_file (clinic_id, id),
  foreign key (clinic_id, study_id) references imaging_exam (clinic_id, study_id),
  foreign key (clinic_id, machine_id) references imaging_machine (clinic_id, id)
);
create index on imaging_instance (clinic_id, study_id) where study_id is not null;
create index on imaging_instance (clinic_id, dicom_study_uid, series_uid);
create index on imaging_instance (clinic_id, received_at desc);
create index on imaging_instance (clinic_id, file_id);
create index imaging_instance_waiting on imaging_instance (clinic_id, received_at)
  where study_id is null and set_aside_at is null;
create index on imaging_instance (clinic_id, series_uid);
create index on imaging_instance (clinic_id, modality, dicom_study_uid);

-- Studies as DICOM knows them, one row each, so that searching them costs the same however many clips there are. Texts that
-- are searched by range stand in the "C" collation, whose comparison may reach an index under row-level security.
create table imaging_dicom_study (
  clinic_id uuid not null references clinic (id) on delete cascade,
  study_uid text not null,
  -- whose its first file says it is, in small letters; all files of a study agree or are refused
  name_key text collate "C" not null,
  patient_id text collate "C",
  accession text collate "C",
  study_date text collate "C",
  -- what DICOM keeps at the level of patient and study, as DICOM JSON
  attributes jsonb not null,
  first_at timestamptz not null default now(),
  primary key (clinic_id, study_uid)
);
create index on imaging_dicom_study (clinic_id, first_at desc, study_uid);
create index on imaging_dicom_study (clinic_id, study_date);
create index on imaging_dicom_study (clinic_id, name_key);
create index on imaging_dicom_study (clinic_id, patient_id);
create index on imaging_dicom_study (clinic_id, accession);

create function index_dicom_study() returns trigger language plpgsql as $$
begin
  insert into imaging_dicom_study (clinic_id, study_uid, name_key, patient_id, accession, study_date, attributes, first_at)
  select new.clinic_id, new.dicom_study_uid, rtrim(left(lower(coalesce(new.says ->> 'name', '')), 400), '^ '),
    left(new.says ->> 'patientId', 64), left(new.says ->> 'accession', 64), left(new.says ->> 'studyDate', 8),
    coalesce((
      select jsonb_object_agg(tag, element) from jsonb_each(new.metadata) as e (tag, element)
      where tag = any ('{00080020,00080030,00080050,00080090,00080201,00081030,00100010,00100020,00100021,00100030,00100040,00200010}')
    ), '{}'), new.received_at
  on conflict do nothing;
  return null;
end $$;
create trigger dicom_study after insert on imaging_instance
  for each row when (new.format = 'dicom') execute function index_dicom_study();

-- What came and was not taken, with the file where it could be kept.
create table imaging_refusal (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  code text not null check (code ~ '^[a-z-]{2,40}$'),
  reason text not null check (length(reason) between 1 and 500),
  source text not null check (source in ('stow', 'c-store', 'upload')),
  machine_id uuid,
  file_id uuid,
  sop_uid text,
  dicom_study_uid text,
  at timestamptz not null default now(),
  seen_at timestamptz,
  seen_by text,
  primary key (clinic_id, id),
  foreign key (clinic_id, machine_id) references imaging_machine (clinic_id, id),
  foreign key (clinic_id, file_id) references stored_file (clinic_id, id)
);
create index imaging_refusal_unseen on imaging_refusal (clinic_id, at desc) where seen_at is null;
create index on imaging_refusal (clinic_id, file_id) where file_id is not null;

-- One measure in one clip: what was marked, and what following it through the frames gave.
create table imaging_analysis (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  study_id uuid not null,
  instance_id uuid not null,
  tool text not null check (tool ~ '^[a-z-]{2,40}$'),
  -- { frame, points: [{ x, y }] }, in px of the stored frame
  marks jsonb not null,
  status text not null default 'waiting' check (status in ('waiting', 'working', 'ready', 'failed')),
  -- { done, of }
  progress jsonb,
  failure text check (length(failure) between 1 and 500),
  -- places, values and errors frame by frame, phases
  result jsonb,
  -- which frames stand for rest and contraction: { rest, contraction }; a person may move them
  chosen jsonb,
  method text,
  method_version text,
  worked_at timestamptz,
  attempts integer not null default 0,
  made_by text not null,
  made_at timestamptz not null default now(),
  -- taken back, or made anew
  removed_at timestamptz,
  primary key (clinic_id, id),
  check ((status = 'ready') = (result is not null)),
  check ((status = 'failed') = (failure is not null)),
  foreign key (clinic_id, study_id) references imaging_exam (clinic_id, study_id) on delete cascade,
  foreign key (clinic_id, instance_id) references imaging_instance (clinic_id, id)
);
create index on imaging_analysis (clinic_id, study_id);
create index imaging_analysis_waiting on imaging_analysis (clinic_id, made_at) where status in ('waiting', 'working');

-- "It hurts now": a moment of a clip that the patient named.
create table imaging_moment (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  study_id uuid not null,
  instance_id uuid not null,
  -- seconds from the first frame
  time_s double precision not null check (time_s >= 0),
  words text not null check (length(words) between 1 and 200),
  made_by text not null,
  made_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, study_id) references imaging_exam (clinic_id, study_id) on delete cascade,
  foreign key (clinic_id, instance_id) references imaging_instance (clinic_id, id)
);
create index on imaging_moment (clinic_id, study_id);

-- A frame that the report shows.
create table imaging_key_frame (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  study_id uuid not null,
  instance_id uuid not null,
  frame integer not null check (frame >= 0),
  caption text not null default '' check (length(caption) <= 300),
  -- what is drawn on it: the analysis whose places belong to that frame
  analysis_id uuid,
  made_by text not null,
  made_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, study_id) references imaging_exam (clinic_id, study_id) on delete cascade,
  foreign key (clinic_id, instance_id) references imaging_instance (clinic_id, id),
  foreign key (clinic_id, analysis_id) references imaging_analysis (clinic_id, id)
);
create index on imaging_key_frame (clinic_id, study_id);

-- A rule that a signed report did not keep, and why; the owner reads these.
create table imaging_exception (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  study_id uuid not null,
  report_id uuid not null,
  rule text not null check (rule ~ '^[a-z-]{2,60}$'),
  reason text not null check (length(reason) between 10 and 1000),
  given_by text not null,
  given_at timestamptz not null,
  reviewed_by text,
  reviewed_at timestamptz,
  review_note text check (length(review_note) <= 1000),
  primary key (clinic_id, id),
  check ((reviewed_by is null) = (reviewed_at is null)),
  foreign key (clinic_id, study_id) references imaging_exam (clinic_id, study_id) on delete cascade,
  foreign key (clinic_id, report_id) references study_report (clinic_id, id)
);
create index imaging_exception_open on imaging_exception (clinic_id, given_at) where reviewed_at is null;

-- Who was told of a complete tear, and whom the patient was sent to. Its task is open until somebody answers.
alter table task drop constraint task_kind_check;
alter table task add constraint task_kind_check check (kind in ('safety_answer', 'urgent_referral'));
alter table task add column study_id uuid;
alter table task add constraint task_study foreign key (clinic_id, study_id) references study (clinic_id, id) on delete cascade;
create table imaging_referral (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  study_id uuid not null,
  report_id uuid not null,
  task_id uuid not null,
  -- who was told, how and when, and by whom
  told_name text not null check (length(told_name) between 1 and 200),
  told_how text not null check (told_how in ('in-person', 'telephone', 'video', 'secure-message')),
  told_at timestamptz not null,
  told_by text not null,
  -- whom to: a surgeon, an emergency department
  referred_to text not null check (length(referred_to) between 1 and 300),
  reason text not null check (length(reason) between 1 and 2000),
  answer text check (length(answer) between 1 and 2000),
  answered_at timestamptz,
  answered_by text,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  check ((answer is null) = (answered_at is null)),
  foreign key (clinic_id, study_id) references imaging_exam (clinic_id, study_id) on delete cascade,
  foreign key (clinic_id, report_id) references study_report (clinic_id, id),
  foreign key (clinic_id, task_id) references task (clinic_id, id)
);
create index on imaging_referral (clinic_id, study_id);

-- Whatever program writes it: a complete tear is not signed without a referral, and no referral ends without an answer.
create function complete_tear_is_referred() returns trigger language plpgsql as $$
begin
  if exists (select from study_result r where r.clinic_id = new.clinic_id and r.id = new.result_id
      and r.report ->> 'finding' = 'complete-tear')
    and not exists (select from imaging_referral f where f.clinic_id = new.clinic_id and f.study_id = new.study_id)
  then
    raise exception 'A complete tear is signed with a referral' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger complete_tear_is_referred after insert on study_report
  deferrable initially deferred for each row execute function complete_tear_is_referred();

create function referral_is_answered() returns trigger language plpgsql as $$
begin
  if exists (select from imaging_referral f where f.clinic_id = new.clinic_id and f.task_id = new.id
      and f.answered_at is null)
  then
    raise exception 'A referral is done when somebody answered it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger referral_is_answered before update of done_at on task
  for each row when (new.kind = 'urgent_referral' and new.done_at is not null)
  execute function referral_is_answered();

-- What a person allowed, in which words, and until when. Withdrawn is not deleted.
create table consent (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  patient_id uuid not null,
  purpose text not null check (purpose in ('publication')),
  -- what it is about
  study_id uuid,
  text_version integer not null check (text_version > 0),
  text_sha256 text not null check (text_sha256 ~ '^[0-9a-f]{64}$'),
  asked_at timestamptz not null default now(),
  asked_by text not null,
  given_at timestamptz,
  given_how text check (given_how in ('portal', 'paper')),
  -- the member of staff who holds the paper
  given_by text,
  declined_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_how text check (withdrawn_how in ('portal', 'desk')),
  withdrawn_by text,
  primary key (clinic_id, id),
  check ((given_at is null) = (given_how is null)),
  check ((withdrawn_at is null) = (withdrawn_how is null)),
  check (withdrawn_at is null or given_at is not null),
  foreign key (clinic_id, patient_id) references patient (clinic_id, id),
  foreign key (clinic_id, study_id) references study (clinic_id, id) on delete cascade
);
create index on consent (clinic_id, patient_id);

-- A case that the clinic tells to the public.
create table case_study (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  slug text not null check (slug ~ '^[a-z0-9-]{2,80}$'),
  study_id uuid not null,
  consent_id uuid not null,
  simulated boolean not null default false,
  status text not null default 'draft' check (status in ('draft', 'in-review', 'published', 'withdrawn')),
  -- the version that is public
  published_version integer,
  made_by text not null,
  made_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (clinic_id, id),
  unique (clinic_id, slug),
  check ((status = 'published') <= (published_version is not null)),
  check ((status = 'withdrawn') = (withdrawn_at is not null)),
  foreign key (clinic_id, study_id) references study (clinic_id, id) on delete cascade,
  foreign key (clinic_id, consent_id) references consent (clinic_id, id)
);

-- What is said about it. A version that was published never changes.
create table case_version (
  clinic_id uuid not null references clinic (id) on delete cascade,
  case_id uuid not null,
  version integer not null check (version > 0),
  -- title, summary, paragraphs, captions and descriptions of the clips
  content jsonb not null,
  written_by text not null,
  written_at timestamptz not null default now(),
  sent_at timestamptz,
  -- the second person: { checks, note, decision }
  review jsonb,
  reviewed_by text check (reviewed_by <> written_by),
  reviewed_at timestamptz,
  published_at timestamptz,
  primary key (clinic_id, case_id, version),
  check ((reviewed_by is null) = (reviewed_at is null)),
  check ((published_at is null) or (reviewed_at is not null and (review ->> 'decision' = 'approved') is true)),
  foreign key (clinic_id, case_id) references case_study (clinic_id, id) on delete cascade
);

-- The de-identified pixels of a case, as the public sees them. Each version has its own.
create table case_clip (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  case_id uuid not null,
  version integer not null,
  position integer not null,
  instance_id uuid not null,
  -- the frames that are shown, and which of them are rest and contraction
  first_frame integer not null check (first_frame >= 0),
  last_frame integer not null,
  rest_frame integer not null,
  contraction_frame integer not null,
  -- areas made black: [[left, top, right, bottom], …]
  blacked jsonb not null default '[]',
  -- the pictures one after the other in one file: { frame, time, offset, length, value, standardError } of each
  file_id uuid,
  pictures jsonb not null default '[]',
  width integer not null,
  height integer not null,
  removed_at timestamptz,
  primary key (clinic_id, id),
  check (last_frame >= first_frame),
  check ((removed_at is null) = (file_id is not null)),
  foreign key (clinic_id, case_id, version) references case_version (clinic_id, case_id, version) on delete cascade,
  foreign key (clinic_id, instance_id) references imaging_instance (clinic_id, id),
  foreign key (clinic_id, file_id) references stored_file (clinic_id, id)
);
create unique index case_clip_place on case_clip (clinic_id, case_id, version, position) where removed_at is null;
create index on case_clip (clinic_id, file_id) where file_id is not null;

-- What was sent to the second person stays as it was sent: a change is the next version. Only pixels can still be removed.
create function case_version_stays() returns trigger language plpgsql as $$
begin
  if old.sent_at is not null and (new.content, new.written_by, new.sent_at) is distinct from (old.content, old.written_by, old.sent_at)
    or old.reviewed_at is not null and (new.review, new.reviewed_by, new.reviewed_at)
      is distinct from (old.review, old.reviewed_by, old.reviewed_at)
    or old.published_at is not null and new.published_at is distinct from old.published_at
  then raise exception 'this version of the case was sent and can no longer change'; end if;
  return new;
end $$;
create trigger case_version_stays before update on case_version for each row execute function case_version_stays();

create function case_clip_stays() returns trigger language plpgsql as $$
begin
  if exists (select from case_version v where v.clinic_id = new.clinic_id and v.case_id = new.case_id
      and v.version = new.version and v.sent_at is not null)
    and (tg_op = 'INSERT' or new.file_id is not null or new.removed_at is null)
  then raise exception 'the pictures of this version were sent and can only be removed'; end if;
  return new;
end $$;
create trigger case_clip_stays before insert or update on case_clip for each row execute function case_clip_stays();

do $$
declare t text;
begin
  foreach t in array array['imaging_machine','imaging_exam','imaging_instance','imaging_dicom_study','imaging_refusal','imaging_analysis',
    'imaging_moment','imaging_key_frame','imaging_exception','imaging_referral','consent','case_study','case_version','case_clip']
  loop call protect(t::regclass); end loop;
end $$;

grant select, insert, update, delete on clinic_ae_title to rectus_app;
grant select, insert, update on imaging_machine, imaging_exam, imaging_instance, imaging_refusal, imaging_analysis,
  imaging_moment, imaging_key_frame, case_study, case_version, case_clip to rectus_app;
-- A clip that is taken out of an examination was never put onto it.
grant delete on study_file to rectus_app;
grant select, insert on imaging_dicom_study, imaging_exception, imaging_referral, consent to rectus_app;
grant update (reviewed_by, reviewed_at, review_note) on imaging_exception to rectus_app;
grant update (answer, answered_at, answered_by) on imaging_referral to rectus_app;
-- What was asked and in which words never changes; the answer does, and the person may follow a merge.
grant update (patient_id, given_at, given_how, given_by, declined_at, withdrawn_at, withdrawn_how, withdrawn_by)
  on consent to rectus_app;
