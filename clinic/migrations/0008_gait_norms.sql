-- Whom a clinic compares its walks with, and what a signed report said had changed.

-- A set of norms as a clinic uses it: installed from a file, or built from sessions of its own. The content never
-- changes; one that is set aside stays, because older results were judged by it.
create table norm_package (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  name text not null check (length(name) between 1 and 200),
  -- a norm package in the documented format (packages/gait/NORMS.md)
  content jsonb not null,
  -- of the canonical text of the content, hexadecimal
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  status text not null default 'in-use' check (status in ('in-use', 'set-aside')),
  -- the results that it was built from; empty for an installed one
  built_from uuid[] not null default '{}',
  installed_by text not null,
  installed_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, sha256)
);

-- The result that a signed report was compared with when it was signed; later sessions change nothing about it.
alter table study_report add column earlier_result_id uuid;
alter table study_report add constraint study_report_earlier
  foreign key (clinic_id, earlier_result_id) references study_result (clinic_id, id);

call protect('norm_package');
grant select, insert on norm_package to rectus_app;
grant update (status, changed_at) on norm_package to rectus_app;
