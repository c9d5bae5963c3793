-- The ground: who may touch what. Every table of a clinic carries clinic_id, and row-level security
-- compares it with the clinic set for the transaction. Unset means zero rows.
create extension if not exists btree_gist;

create schema auth authorization rectus_auth;

-- The clinic of the running transaction. STABLE and parameterless, so the planner runs it once per query.
create function current_clinic() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('rectus.clinic_id', true), '')::uuid;

-- Turns a table into a clinic's table: policies that hold for its owner too.
create procedure protect(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy same_clinic on %s using (clinic_id = (select current_clinic())) with check (clinic_id = (select current_clinic()))',
    target);
end $$;

create table clinic (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9-]{2,40}$'),
  name text not null check (length(name) between 1 and 120),
  locale text not null default 'en-GB',
  currency char(3) not null default 'EUR',
  time_zone text not null,
  email text,
  phone text,
  demo boolean not null default false,
  -- moving and cancelling without talking to anyone is free until this long before the visit
  change_notice_min integer not null default 1440 check (change_notice_min between 0 and 20160),
  reminder_lead_min integer not null default 1440 check (reminder_lead_min between 0 and 20160),
  idle_lock_min integer not null default 10 check (idle_lock_min between 1 and 240),
  -- rises whenever hours, services or people change, so that cached rules are known to be stale
  catalogue_version bigint not null default 1,
  created_at timestamptz not null default now()
);
alter table clinic enable row level security;
alter table clinic force row level security;
create policy own_row on clinic using (id = (select current_clinic())) with check (id = (select current_clinic()));

-- Which clinic answers under which host name. Public knowledge, needed before a clinic is known.
create table clinic_host (
  host text primary key check (host = lower(host)),
  clinic_id uuid not null references clinic (id) on delete cascade
);

create table site (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  slug text not null check (slug ~ '^[a-z0-9-]{2,40}$'),
  name text not null check (length(name) between 1 and 120),
  city text not null,
  address text not null default '',
  time_zone text not null,
  note text not null default '',
  position integer not null default 0,
  active boolean not null default true,
  primary key (clinic_id, id),
  unique (clinic_id, slug)
);

-- Anything the scheduler can claim: a clinician, a room, the gait lab, an ultrasound machine.
create table resource (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7() unique,
  site_id uuid,
  name text not null check (length(name) between 1 and 120),
  kinds text[] not null check (cardinality(kinds) between 1 and 8),
  person boolean not null default false,
  title text not null default '',
  bio text not null default '',
  listed boolean not null default true,
  active boolean not null default true,
  position integer not null default 0,
  primary key (clinic_id, id),
  foreign key (clinic_id, site_id) references site (clinic_id, id)
);

-- Weekly hours in the site's wall-clock time. site_id empty: hours for telehealth, in the named zone.
create table opening (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  resource_id uuid not null,
  site_id uuid,
  telehealth boolean not null default false,
  weekday smallint not null check (weekday between 1 and 7),
  starts time not null,
  ends time not null,
  time_zone text not null,
  valid_from date,
  valid_to date,
  primary key (clinic_id, id),
  check (ends > starts),
  check (site_id is not null or telehealth),
  foreign key (clinic_id, resource_id) references resource (clinic_id, id) on delete cascade,
  foreign key (clinic_id, site_id) references site (clinic_id, id)
);
create index on opening (clinic_id, resource_id);

-- Exceptions to the weekly hours: a holiday of a site, leave of a person, an extra Saturday.
create table opening_exception (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('closed', 'open')),
  site_id uuid,
  resource_id uuid,
  starts timestamp not null,
  ends timestamp not null,
  time_zone text not null,
  reason text not null default '',
  primary key (clinic_id, id),
  check (ends > starts),
  check (kind = 'closed' or resource_id is not null),
  foreign key (clinic_id, site_id) references site (clinic_id, id),
  foreign key (clinic_id, resource_id) references resource (clinic_id, id) on delete cascade
);

create table service (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  slug text not null check (slug ~ '^[a-z0-9-]{2,60}$'),
  name text not null check (length(name) between 1 and 120),
  summary text not null default '',
  mode text not null check (mode in ('site', 'telehealth')),
  duration_min integer not null check (duration_min between 5 and 480),
  buffer_before_min integer not null default 0 check (buffer_before_min between 0 and 120),
  buffer_after_min integer not null default 0 check (buffer_after_min between 0 and 120),
  step_min integer not null default 15 check (step_min between 5 and 120),
  lead_min integer not null default 60 check (lead_min between 0 and 20160),
  horizon_days integer not null default 60 check (horizon_days between 1 and 365),
  price_minor integer not null check (price_minor >= 0),
  currency char(3) not null,
  online boolean not null default true,
  active boolean not null default true,
  position integer not null default 0,
  primary key (clinic_id, id),
  unique (clinic_id, slug)
);
create table service_need (
  clinic_id uuid not null references clinic (id) on delete cascade,
  service_id uuid not null,
  kind text not null,
  count integer not null default 1 check (count between 1 and 8),
  primary key (clinic_id, service_id, kind),
  foreign key (clinic_id, service_id) references service (clinic_id, id) on delete cascade
);
create table service_site (
  clinic_id uuid not null references clinic (id) on delete cascade,
  service_id uuid not null,
  site_id uuid not null,
  primary key (clinic_id, service_id, site_id),
  foreign key (clinic_id, service_id) references service (clinic_id, id) on delete cascade,
  foreign key (clinic_id, site_id) references site (clinic_id, id) on delete cascade
);

-- Which global identity (auth.user) has which role in which clinic.
create table membership (
  clinic_id uuid not null references clinic (id) on delete cascade,
  user_id text not null,
  role text not null check (role in ('clinician', 'front_desk', 'owner')),
  resource_id uuid,
  name text not null,
  email text not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (clinic_id, user_id),
  foreign key (clinic_id, resource_id) references resource (clinic_id, id)
);

create table patient (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  given_name text not null check (length(given_name) between 1 and 100),
  family_name text not null check (length(family_name) between 1 and 100),
  -- folded by the application: lower case, no accents, single spaces; "family given" and "given family"
  search_name text not null,
  sound_name text not null default '',
  birth_date date check (birth_date >= date '1890-01-01'),
  email text,
  phone text,
  note text not null default '',
  merged_into uuid,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, merged_into) references patient (clinic_id, id)
);
create index on patient (clinic_id, search_name text_pattern_ops);
create index on patient (clinic_id, birth_date);
create index on patient (clinic_id, email);

do $$
declare t text;
begin
  foreach t in array array['site','resource','opening','opening_exception','service','service_need','service_site','membership','patient']
  loop call protect(t::regclass); end loop;
end $$;
