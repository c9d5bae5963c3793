-- From motion-capture files to a report: what was uploaded, the session that it belongs to, what was measured in it,
-- what a clinician signed, and who may look at it from outside.

-- A file on the clinic's disk, or on its way there. The name there is its hash.
create table stored_file (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  -- as it was uploaded, for people to know it by
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (length(media_type) between 1 and 100),
  size bigint not null check (size > 0),
  -- hexadecimal; while uploading what the sender promised, where it did
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  status text not null default 'uploading' check (status in ('uploading', 'ready', 'refused', 'deleted')),
  -- bytes that are safely on disk
  received bigint not null default 0 check (received between 0 and size),
  -- why it cannot be used, in words; it is kept all the same, so that somebody can look into it
  refused_reason text check (length(refused_reason) between 1 and 500),
  created_by text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (clinic_id, id),
  check (status in ('uploading', 'deleted') or (sha256 is not null and received = size)),
  check ((status = 'refused') <= (refused_reason is not null))
);
create index on stored_file (clinic_id, sha256);
create index stored_file_unfinished on stored_file (clinic_id, changed_at) where status = 'uploading';

-- One capture session of one person.
create table study (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null default 'gait' check (kind in ('gait')),
  patient_id uuid not null,
  appointment_id uuid,
  entitlement_id uuid,
  status text not null default 'draft' check (status in ('draft', 'processing', 'ready', 'failed', 'signed')),
  -- how it was walked: asked once, for the whole session
  condition text not null default '' check (length(condition) <= 200),
  footwear text not null default '' check (length(footwear) <= 100),
  walking_aid text not null default '' check (length(walking_aid) <= 100),
  -- what somebody typed; the rest comes from the files. Lengths in mm, the mass in kg
  subject jsonb not null default '{}',
  lab jsonb not null default '{}',
  taken_at timestamptz not null,
  -- rises whenever what is to be processed changes: a result of an earlier run is thrown away
  run integer not null default 0,
  -- when a worker last said that it is at it; empty while nobody is
  worked_at timestamptz,
  attempts integer not null default 0,
  -- { done, of, doing }
  progress jsonb,
  -- why there is no report, in words
  failure text check (length(failure) between 1 and 1000),
  result_id uuid,
  -- what the clinician has written and not signed yet
  draft jsonb not null default '{}',
  created_by text,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  check ((status = 'failed') = (failure is not null)),
  check (status not in ('ready', 'signed') or result_id is not null),
  foreign key (clinic_id, patient_id) references patient (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
  foreign key (clinic_id, entitlement_id) references entitlement (clinic_id, id)
);
create index on study (clinic_id, patient_id, taken_at);
create index on study (clinic_id, taken_at);
create index on study (clinic_id, appointment_id) where appointment_id is not null;
create index study_waiting on study (clinic_id, created_at) where status = 'processing';

-- A file as part of a session. Nothing is deleted: a trial that is left out says why.
create table study_file (
  clinic_id uuid not null references clinic (id) on delete cascade,
  study_id uuid not null,
  file_id uuid not null,
  role text not null check (role in ('standing', 'walking', 'other')),
  state text not null default 'accepted' check (state in ('accepted', 'rejected')),
  reason text check (length(reason) between 1 and 300),
  decided_by text,
  -- what is in it: frames, rate, plates, measurements
  facts jsonb not null default '{}',
  position integer not null generated always as identity,
  primary key (clinic_id, study_id, file_id),
  check ((state = 'rejected') = (reason is not null)),
  foreign key (clinic_id, study_id) references study (clinic_id, id) on delete cascade,
  foreign key (clinic_id, file_id) references stored_file (clinic_id, id)
);
create index on study_file (clinic_id, file_id);

-- What one run found. Never changed: a signed report keeps pointing at what was signed.
create table study_result (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  study_id uuid not null,
  run integer not null,
  method text not null check (length(method) between 1 and 100),
  method_version text not null check (length(method_version) between 1 and 40),
  -- the files with their hashes, and the measurements of the person and the lab that it was made from
  made_from jsonb not null,
  report jsonb not null,
  -- one trial as the viewer draws it; apart from the report, which most pages need alone
  motion jsonb,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, study_id, run),
  foreign key (clinic_id, study_id) references study (clinic_id, id) on delete cascade
);
alter table study add constraint study_result_of
  foreign key (clinic_id, result_id) references study_result (clinic_id, id);

-- What a clinician signed. Never changed: a correction is the next version.
create table study_report (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  study_id uuid not null,
  version integer not null check (version > 0),
  result_id uuid not null,
  findings text not null check (length(findings) between 1 and 10000),
  -- { findings: [{ finding, meaning }], change, next }: for the patient, in plain words
  plain jsonb not null,
  signed_by text not null,
  signed_name text not null,
  signed_at timestamptz not null,
  supersedes uuid,
  primary key (clinic_id, id),
  unique (clinic_id, study_id, version),
  check ((version = 1) = (supersedes is null)),
  foreign key (clinic_id, study_id) references study (clinic_id, id) on delete cascade,
  foreign key (clinic_id, result_id) references study_result (clinic_id, id),
  foreign key (clinic_id, supersedes) references study_report (clinic_id, id)
);

-- Every number about a patient, whatever made it. A number without a method is not stored.
create table measurement (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  patient_id uuid not null,
  -- one problem of the patient, where it is about one
  episode_id uuid,
  study_id uuid,
  result_id uuid,
  code text not null check (code ~ '^[a-z0-9][a-z0-9.-]{1,99}$'),
  loinc text check (loinc ~ '^[0-9]{1,7}-[0-9]$'),
  snomed text check (snomed ~ '^[0-9]{6,18}$'),
  body_site text,
  side text check (side in ('left', 'right')),
  value double precision,
  value_code text,
  -- UCUM
  unit text,
  status text not null default 'preliminary' check (status in ('preliminary', 'final', 'superseded')),
  supersedes uuid,
  method text not null check (length(method) between 1 and 200),
  method_version text not null check (length(method_version) between 1 and 40),
  -- in the unit of the value, where known: of the mean over the strides, and the smallest change beyond error
  standard_error double precision check (standard_error >= 0),
  minimal_detectable_change double precision check (minimal_detectable_change >= 0),
  citation text,
  -- a person's user id or the name of a program
  taken_by text not null,
  taken_at timestamptz not null,
  file_id uuid,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  check (num_nonnulls(value, value_code) = 1),
  check ((value is not null) <= (unit is not null)),
  check ((minimal_detectable_change is not null) <= (citation is not null)),
  foreign key (clinic_id, patient_id) references patient (clinic_id, id),
  foreign key (clinic_id, study_id) references study (clinic_id, id) on delete cascade,
  foreign key (clinic_id, result_id) references study_result (clinic_id, id),
  foreign key (clinic_id, supersedes) references measurement (clinic_id, id),
  foreign key (clinic_id, file_id) references stored_file (clinic_id, id)
);
create index on measurement (clinic_id, patient_id, code, taken_at);
-- A study says one thing about one side at a time.
create unique index measurement_current on measurement (clinic_id, study_id, code, side) nulls not distinct
  where study_id is not null and status <> 'superseded';

-- Lets somebody without an account see one signed report until a day. Only the hash of its secret is kept.
create table share_link (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  study_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  opened integer not null default 0,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, token_hash),
  check (expires_at > created_at),
  foreign key (clinic_id, study_id) references study (clinic_id, id) on delete cascade
);
create index on share_link (clinic_id, study_id);

do $$
declare t text;
begin
  foreach t in array array['stored_file','study','study_file','study_result','study_report','measurement','share_link']
  loop call protect(t::regclass); end loop;
end $$;

grant select, insert, update on stored_file, study, study_file, share_link to rectus_app;
grant select, insert on study_result, study_report, measurement to rectus_app;
-- A measurement that was taken can only become final or be superseded, and follow its patient into a merged record.
grant update (status, patient_id) on measurement to rectus_app;
