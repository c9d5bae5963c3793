-- Who somebody is, whichever clinic they work in. The first five tables are better-auth's own, with the names it
-- expects (1.7, plugins: sign-in link and second factor); no clinic's data stands here.
set local role rectus_auth;

create table auth."user" (
  "id" text not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null,
  "twoFactorEnabled" boolean
);
create table auth."session" (
  "id" text not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" ("id") on delete cascade
);
create table auth."account" (
  "id" text not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null
);
create table auth."verification" (
  "id" text not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);
create table auth."twoFactor" (
  "id" text not null primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index "session_userId_idx" on auth."session" ("userId");
create index "account_userId_idx" on auth."account" ("userId");
create index "verification_identifier_idx" on auth."verification" ("identifier");
create index "twoFactor_secret_idx" on auth."twoFactor" ("secret");
create index "twoFactor_userId_idx" on auth."twoFactor" ("userId");

-- When somebody last did something in a session, and whether a shared desk has locked it since.
create table auth.session_activity (
  session_id text primary key references auth."session" ("id") on delete cascade,
  seen_at timestamptz not null,
  locked_at timestamptz,
  -- the desk page to come back to: kept here, so that a locked screen's address names nobody
  return_to text
);

-- Wrong passwords for one address, whether or not anybody has it, so that guessing gets slower everywhere at once.
create table auth.refused_attempt (
  -- a keyed hash of the address
  subject text primary key,
  failures integer not null,
  failed_at timestamptz not null,
  wait_until timestamptz
);

reset role;

-- An owner's invitation. Only the hash of its link is kept.
create table invitation (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  user_id text not null,
  token_hash bytea not null check (length(token_hash) = 32),
  -- false where no mail server is set up and the owner hands the link over: then it proves no mailbox
  proves_email boolean not null,
  invited_by text not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, token_hash),
  foreign key (clinic_id, user_id) references membership (clinic_id, user_id) on delete cascade
);
create index on invitation (clinic_id, user_id, created_at desc);
call protect('invitation');
grant select, insert, update, delete on invitation to rectus_app;
