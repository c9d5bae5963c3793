-- Who did or saw what. Rows are only ever appended; a job seals them in hashed batches per clinic.
create table audit_event (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id bigint not null generated always as identity,
  -- the writing transaction: rows of transactions older than every running one can be sealed without gaps
  written_in xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  actor_kind text not null check (actor_kind in ('public', 'staff', 'system')),
  actor_id text,
  action text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  subject_kind text,
  subject_id text,
  -- ids and codes only, no clinical text
  detail jsonb not null default '{}',
  primary key (clinic_id, id)
);
create index on audit_event (clinic_id, at);
create index on audit_event (clinic_id, subject_kind, subject_id);

create table audit_seal (
  clinic_id uuid not null references clinic (id) on delete cascade,
  number bigint not null check (number > 0),
  events integer not null check (events > 0),
  -- over the previous seal's hash and every event of this one in order of id
  hash bytea not null check (length(hash) = 32),
  sealed_at timestamptz not null default now(),
  primary key (clinic_id, number)
);

-- Which seal covers which event. A table of its own, because the events themselves are never written again.
create table audit_sealed (
  clinic_id uuid not null references clinic (id) on delete cascade,
  event_id bigint not null,
  seal_number bigint not null,
  primary key (clinic_id, event_id),
  foreign key (clinic_id, seal_number) references audit_seal (clinic_id, number)
);
create index on audit_sealed (clinic_id, seal_number, event_id);
call protect('audit_event');
call protect('audit_seal');
call protect('audit_sealed');

-- What the servers may do. The owner migrates; the app serves; the worker delivers and seals.
grant usage on schema public to rectus_app, rectus_worker;
grant execute on function current_clinic() to rectus_app, rectus_worker;
grant select on clinic_host to rectus_app, rectus_worker, rectus_auth;
grant select, insert, update, delete on
  site, resource, opening, opening_exception, service, service_need, service_site, membership, patient,
  hold, appointment, block, claim, request, task, mail to rectus_app;
grant select, update on clinic to rectus_app;
grant select, insert on audit_event to rectus_app;
grant select on audit_seal, audit_sealed to rectus_app;
grant select on clinic, site, resource, service, appointment, claim, request, patient, audit_event, audit_seal, audit_sealed to rectus_worker;
grant insert on audit_event, audit_seal, audit_sealed to rectus_worker;
grant select, insert, update on mail to rectus_worker;
grant select, delete on hold to rectus_worker;

-- The worker serves every clinic in turn; this is all it may know without naming one.
create function clinics_to_serve() returns setof uuid
  language sql stable security definer set search_path = public
  begin atomic select clinic_id from clinic_host group by clinic_id; end;
revoke execute on function clinics_to_serve() from public;
grant execute on function clinics_to_serve() to rectus_worker;
