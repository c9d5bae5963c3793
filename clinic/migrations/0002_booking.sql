-- Appointments and the claims that make a double booking impossible.

create table hold (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  service_id uuid not null,
  site_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  expires_at timestamptz not null,
  -- what was typed so far and the safety answers: both die with the hold
  draft jsonb not null default '{}',
  safety jsonb,
  viewer_zone text,
  -- the appointment that this hold moves, when somebody chooses a new time
  moves_appointment_id uuid,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, service_id) references service (clinic_id, id),
  foreign key (clinic_id, site_id) references site (clinic_id, id)
);
create index on hold (expires_at);

create table appointment (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  service_id uuid not null,
  site_id uuid,
  patient_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  status text not null default 'booked'
    check (status in ('booked', 'arrived', 'in_room', 'done', 'no_show', 'cancelled')),
  source text not null check (source in ('online', 'desk', 'request')),
  -- rises with every change that a calendar must hear of
  sequence integer not null default 0,
  idempotency_key text,
  viewer_zone text,
  price_minor integer not null,
  currency char(3) not null,
  outside_hours_reason text,
  cancelled_at timestamptz,
  cancelled_by text check (cancelled_by in ('patient', 'clinic')),
  cancelled_late boolean not null default false,
  cancel_reason text,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, idempotency_key),
  check (ends_at > starts_at),
  foreign key (clinic_id, service_id) references service (clinic_id, id),
  foreign key (clinic_id, site_id) references site (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
create index on appointment (clinic_id, starts_at);
create index on appointment (clinic_id, patient_id, starts_at);

-- Time that a resource is not for patients: a break, a calibration.
create table block (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  label text not null check (length(label) between 1 and 80),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  check (ends_at > starts_at)
);
create index on block (clinic_id, starts_at);

-- One resource for one span, buffers included. The constraint is the rule; everything else is courtesy.
create table claim (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  resource_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  appointment_id uuid,
  hold_id uuid,
  block_id uuid,
  -- only for holds; by this database's clock
  expires_at timestamptz,
  primary key (clinic_id, id),
  check (ends_at > starts_at and ends_at - starts_at <= interval '16 hours'),
  check (num_nonnulls(appointment_id, hold_id, block_id) = 1),
  check ((hold_id is null) = (expires_at is null)),
  foreign key (clinic_id, resource_id) references resource (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment (clinic_id, id) on delete cascade,
  foreign key (clinic_id, hold_id) references hold (clinic_id, id) on delete cascade,
  foreign key (clinic_id, block_id) references block (clinic_id, id) on delete cascade,
  constraint claim_no_overlap exclude using gist (resource_id with =, tstzrange(starts_at, ends_at) with &&)
);
-- Range operators are not leakproof, so under row-level security the planner would filter with them instead of
-- using the GiST index. This B-tree, with the known greatest length of a claim, serves every search.
create index claim_by_resource on claim (clinic_id, resource_id, starts_at) include (ends_at, expires_at);
create index on claim (clinic_id, appointment_id) where appointment_id is not null;
create index on claim (clinic_id, hold_id) where hold_id is not null;
create index on claim (clinic_id, block_id) where block_id is not null;

-- Somebody asks instead of booking; the desk turns it into an appointment.
create table request (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  mode text not null check (mode in ('telehealth', 'site')),
  site_id uuid,
  service_id uuid,
  given_name text not null,
  family_name text not null,
  search_name text not null,
  birth_date date,
  email text not null,
  phone text,
  reason text not null check (length(reason) <= 500),
  -- [{ "date": "2026-11-24", "part": "morning" | "afternoon" | "evening" | "any" }]
  preferred jsonb not null default '[]',
  viewer_zone text,
  -- only what the person chose to send to the clinic
  safety jsonb,
  status text not null default 'open' check (status in ('open', 'booked', 'declined')),
  appointment_id uuid,
  idempotency_key text not null,
  answered_by text,
  answered_at timestamptz,
  answer text,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, idempotency_key),
  foreign key (clinic_id, site_id) references site (clinic_id, id),
  foreign key (clinic_id, service_id) references service (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment (clinic_id, id)
);
create index on request (clinic_id, status, created_at);

-- Something a person in the clinic must act on.
create table task (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('safety_answer')),
  urgency text not null check (urgency in ('emergency', 'same_day', 'routine')),
  -- concern codes of the safety question set and its version, never free text
  detail jsonb not null default '{}',
  patient_id uuid,
  appointment_id uuid,
  request_id uuid,
  due_at timestamptz not null,
  done_at timestamptz,
  done_by text,
  outcome text,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
  foreign key (clinic_id, request_id) references request (clinic_id, id)
);
create index on task (clinic_id, done_at, due_at);

-- Every mail, written in the transaction of what it tells about; sent afterwards, or kept where no SMTP is set.
create table mail (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null,
  to_name text not null,
  to_email text not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  calendar_method text check (calendar_method in ('REQUEST', 'CANCEL')),
  calendar_ics text,
  appointment_id uuid,
  request_id uuid,
  -- a secret link (sign-in) is never shown to staff in the outbox
  confidential boolean not null default false,
  send_at timestamptz not null default now(),
  status text not null default 'queued' check (status in ('queued', 'sent', 'kept', 'failed', 'withdrawn')),
  attempts integer not null default 0,
  last_error text,
  done_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
  foreign key (clinic_id, request_id) references request (clinic_id, id)
);
create index mail_due on mail (clinic_id, send_at) where status = 'queued';
create index on mail (clinic_id, created_at desc);
create index on mail (clinic_id, appointment_id);

do $$
declare t text;
begin
  foreach t in array array['hold','appointment','block','claim','request','task','mail']
  loop call protect(t::regclass); end loop;
end $$;
