-- What is sold, who owes what, and where every cent went. Amounts are whole minor units of a currency.

-- A tax that is contained in a price, in hundredths of a percent.
create table tax (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  name text not null check (length(name) between 1 and 80),
  rate_bp integer not null check (rate_bp between 0 and 10000),
  active boolean not null default true,
  position integer not null default 0,
  primary key (clinic_id, id)
);

alter table service
  add column tax_id uuid,
  -- how a visit that somebody books online is paid
  add column payment text not null default 'at_visit' check (payment in ('at_visit', 'deposit', 'in_full')),
  add column deposit_minor integer check (deposit_minor > 0),
  -- only where the clinic types one
  add column procedure_code text check (length(procedure_code) between 1 and 20),
  -- what to wear and bring, one line each
  add column bring text not null default '' check (length(bring) <= 1000),
  add constraint service_tax foreign key (clinic_id, tax_id) references tax (clinic_id, id),
  add constraint service_deposit check ((payment = 'deposit') = (deposit_minor is not null));

-- Something that is sold besides a single visit: a package of visits, or a fee.
create table product (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  slug text not null check (slug ~ '^[a-z0-9-]{2,60}$'),
  kind text not null check (kind in ('package', 'fee')),
  name text not null check (length(name) between 1 and 120),
  summary text not null default '' check (length(summary) <= 500),
  bring text not null default '' check (length(bring) <= 1000),
  -- what happens after it was bought, one step in each line: "Title: text"
  steps text not null default '' check (length(steps) <= 2000),
  -- how long what it entitles to can be booked
  valid_months integer check (valid_months between 1 and 60),
  -- sold on the public pages; otherwise only at the desk
  online boolean not null default false,
  active boolean not null default true,
  position integer not null default 0,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, slug)
);

-- What a package consists of. A fee has one part, without a service.
create table product_part (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  product_id uuid not null,
  position integer not null default 0,
  service_id uuid,
  label text check (length(label) between 1 and 120),
  quantity integer not null default 1 check (quantity between 1 and 100),
  unit_minor integer not null check (unit_minor between 0 and 100000000),
  tax_id uuid,
  primary key (clinic_id, id),
  check (service_id is not null or label is not null),
  foreign key (clinic_id, product_id) references product (clinic_id, id) on delete cascade,
  foreign key (clinic_id, service_id) references service (clinic_id, id),
  foreign key (clinic_id, tax_id) references tax (clinic_id, id)
);
create index on product_part (clinic_id, product_id);

-- A price as it was when something was first sold at it. Never changed: a new price is a new version.
create table price (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  product_id uuid,
  service_id uuid,
  version integer not null check (version > 0),
  currency char(3) not null,
  total_minor integer not null check (total_minor >= 0),
  -- [{ serviceId, description, quantity, unitMinor, taxName, taxBp, procedureCode }]
  lines jsonb not null,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  check (num_nonnulls(product_id, service_id) = 1),
  unique nulls not distinct (clinic_id, product_id, service_id, version),
  foreign key (clinic_id, product_id) references product (clinic_id, id),
  foreign key (clinic_id, service_id) references service (clinic_id, id)
);

create table sales_order (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  -- for people to name it by; gaps mean nothing
  number bigint not null generated always as identity (start with 1001),
  -- follows from the ledger and from what happened to the order; written by one function
  status text not null default 'draft' check (status in ('draft', 'awaiting_payment', 'part_paid', 'paid',
    'partly_refunded', 'refunded', 'cancelled', 'expired', 'disputed')),
  source text not null check (source in ('online', 'desk')),
  patient_id uuid,
  -- who the patient will be, where the clinic does not know them yet
  person jsonb,
  payer_name text not null check (length(payer_name) between 1 and 200),
  payer_email text,
  payer_address text not null default '' check (length(payer_address) <= 500),
  currency char(3) not null,
  total_minor integer not null check (total_minor > 0),
  -- what must be paid for the order to stand: all of it, or the deposit
  due_now_minor integer not null check (due_now_minor > 0 and due_now_minor <= total_minor),
  -- the visit that it pays for
  appointment_id uuid,
  -- the visit that is booked when it is paid, with everything that booking needs; emptied afterwards
  booking jsonb,
  hold_id uuid,
  slot text not null default 'none' check (slot in ('none', 'held', 'booked', 'to_choose', 'given_up')),
  -- a paid order without its time: until when the buyer may choose another before the money goes back
  choose_by timestamptz,
  idempotency_key text not null,
  expires_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, idempotency_key),
  check (num_nonnulls(patient_id, person) >= 1),
  foreign key (clinic_id, patient_id) references patient (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment (clinic_id, id)
);
create index on sales_order (clinic_id, created_at);
create index on sales_order (clinic_id, patient_id);
create index on sales_order (clinic_id, payer_email);
create index on sales_order (clinic_id, appointment_id) where appointment_id is not null;
create index sales_order_unsettled on sales_order (clinic_id, created_at)
  where status in ('awaiting_payment', 'part_paid');
create index sales_order_choosing on sales_order (clinic_id, choose_by) where slot = 'to_choose';
create index sales_order_holding on sales_order (clinic_id, created_at) where slot = 'held';

create table order_line (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  order_id uuid not null,
  position integer not null,
  price_id uuid,
  product_id uuid,
  service_id uuid,
  description text not null check (length(description) between 1 and 200),
  quantity integer not null check (quantity between 1 and 100),
  unit_minor integer not null check (unit_minor >= 0),
  amount_minor integer not null check (amount_minor = quantity * unit_minor),
  tax_name text,
  tax_bp integer not null default 0 check (tax_bp between 0 and 10000),
  -- contained in amount_minor
  tax_minor integer not null default 0 check (tax_minor between 0 and amount_minor),
  procedure_code text check (length(procedure_code) between 1 and 20),
  diagnosis_code text check (length(diagnosis_code) between 1 and 20),
  primary key (clinic_id, id),
  foreign key (clinic_id, order_id) references sales_order (clinic_id, id) on delete cascade,
  foreign key (clinic_id, price_id) references price (clinic_id, id),
  foreign key (clinic_id, product_id) references product (clinic_id, id),
  foreign key (clinic_id, service_id) references service (clinic_id, id)
);
create index on order_line (clinic_id, order_id);

-- One attempt to pay an order, or a part of it.
create table payment (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  order_id uuid not null,
  method text not null check (method in ('stripe', 'practice', 'cash', 'card_terminal', 'bank_transfer')),
  status text not null check (status in ('starting', 'open', 'processing', 'succeeded', 'failed', 'expired')),
  amount_minor integer not null check (amount_minor > 0),
  currency char(3) not null,
  -- the provider's checkout, and the provider's payment once there is one
  provider_ref text,
  provider_payment text,
  checkout_url text,
  expires_at timestamptz,
  failure text,
  -- of the card terminal or the bank transfer
  reference text check (length(reference) <= 80),
  taken_by text,
  idempotency_key text not null,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (clinic_id, id),
  unique (clinic_id, method, provider_ref),
  unique (clinic_id, idempotency_key),
  foreign key (clinic_id, order_id) references sales_order (clinic_id, id)
);
create index on payment (clinic_id, order_id);
create index on payment (clinic_id, method, provider_payment);
create index payment_open on payment (clinic_id, expires_at) where status in ('starting', 'open', 'processing');
create index payment_settled on payment (clinic_id, settled_at) where status = 'succeeded';

create table refund (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  order_id uuid not null,
  payment_id uuid not null,
  status text not null check (status in ('pending', 'succeeded', 'failed')),
  amount_minor integer not null check (amount_minor > 0),
  currency char(3) not null,
  reason text not null check (length(reason) between 1 and 300),
  provider_ref text,
  failure text,
  idempotency_key text not null,
  requested_by text,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (clinic_id, id),
  unique (clinic_id, idempotency_key),
  foreign key (clinic_id, order_id) references sales_order (clinic_id, id),
  foreign key (clinic_id, payment_id) references payment (clinic_id, id)
);
create index on refund (clinic_id, order_id);
create index refund_pending on refund (clinic_id, created_at) where status = 'pending';

-- The ledger: double entry, only ever appended to. A positive amount is a debit, a negative one a credit.
create table ledger_transaction (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('sale', 'sale_reversal', 'payment', 'refund', 'fee', 'payout', 'transfer', 'dispute',
    'dispute_won', 'dispute_lost', 'till_difference')),
  -- what it records, so that nothing is recorded twice
  key text not null,
  order_id uuid,
  payment_id uuid,
  refund_id uuid,
  -- when it happened, by the clinic's clock
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('public', 'staff', 'system')),
  actor_id text,
  recorded_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, key),
  foreign key (clinic_id, order_id) references sales_order (clinic_id, id),
  foreign key (clinic_id, payment_id) references payment (clinic_id, id),
  foreign key (clinic_id, refund_id) references refund (clinic_id, id)
);
create index on ledger_transaction (clinic_id, at);
create index on ledger_transaction (clinic_id, order_id) where order_id is not null;
create index on ledger_transaction (clinic_id, payment_id) where payment_id is not null;

create table ledger_entry (
  clinic_id uuid not null references clinic (id) on delete cascade,
  transaction_id uuid not null,
  position smallint not null,
  account text not null check (account in ('till', 'card_terminal', 'bank', 'stripe', 'practice', 'customers',
    'sales', 'tax', 'provider_fees', 'disputed', 'losses', 'till_differences')),
  amount_minor integer not null check (amount_minor <> 0),
  currency char(3) not null,
  order_id uuid,
  order_line_id uuid,
  service_id uuid,
  at timestamptz not null,
  primary key (clinic_id, transaction_id, position),
  foreign key (clinic_id, transaction_id) references ledger_transaction (clinic_id, id)
);
create index on ledger_entry (clinic_id, order_id, account) include (amount_minor) where order_id is not null;
create index on ledger_entry (clinic_id, at) include (account, currency, amount_minor);

-- Every transaction balances in each currency, or it does not happen.
create function ledger_balances() returns trigger language plpgsql as $$
begin
  if exists (
    select from ledger_entry
    where clinic_id = new.clinic_id and transaction_id = new.transaction_id
    group by currency having sum(amount_minor) <> 0
  ) then
    raise exception 'ledger transaction % does not balance', new.transaction_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_entry_balances after insert on ledger_entry
  deferrable initially deferred for each row execute function ledger_balances();

-- Receipts and credit notes: numbered without gaps, because a number is taken in the transaction that uses it.
create table document_counter (
  clinic_id uuid not null references clinic (id) on delete cascade,
  series text not null check (series in ('R', 'C')),
  year integer not null,
  last integer not null,
  primary key (clinic_id, series, year)
);
create table document (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('receipt', 'credit_note')),
  series text not null,
  year integer not null,
  sequence integer not null,
  number text not null,
  order_id uuid not null,
  payment_id uuid,
  refund_id uuid,
  issued_at timestamptz not null,
  -- everything that is printed, as it was at that moment
  content jsonb not null,
  primary key (clinic_id, id),
  unique (clinic_id, number),
  unique (clinic_id, series, year, sequence),
  check ((kind = 'receipt') = (payment_id is not null)),
  check ((kind = 'credit_note') = (refund_id is not null)),
  foreign key (clinic_id, order_id) references sales_order (clinic_id, id),
  foreign key (clinic_id, payment_id) references payment (clinic_id, id),
  foreign key (clinic_id, refund_id) references refund (clinic_id, id)
);
create unique index document_of_payment on document (clinic_id, payment_id) where payment_id is not null;
create unique index document_of_refund on document (clinic_id, refund_id) where refund_id is not null;
create index on document (clinic_id, order_id);

-- What a paid package lets somebody book. How much is left follows from the uses and what became of the visits.
create table entitlement (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  order_id uuid not null,
  order_line_id uuid not null,
  patient_id uuid not null,
  service_id uuid not null,
  quantity integer not null check (quantity between 1 and 100),
  valid_until timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, order_line_id),
  foreign key (clinic_id, order_id) references sales_order (clinic_id, id),
  foreign key (clinic_id, order_line_id) references order_line (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient (clinic_id, id),
  foreign key (clinic_id, service_id) references service (clinic_id, id)
);
create index on entitlement (clinic_id, patient_id);
create index on entitlement (clinic_id, order_id);
create table entitlement_use (
  clinic_id uuid not null references clinic (id) on delete cascade,
  entitlement_id uuid not null,
  appointment_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (clinic_id, appointment_id),
  foreign key (clinic_id, entitlement_id) references entitlement (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment (clinic_id, id)
);
create index on entitlement_use (clinic_id, entitlement_id);

-- The inbox for what payment providers tell. A row is written in the transaction of its effect.
create table provider_notice (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  provider text not null check (provider in ('stripe', 'practice')),
  event_id text not null check (length(event_id) between 1 and 200),
  type text not null,
  body text not null,
  -- applied: it had an effect, or could have none any more; unknown: somebody should look at it
  outcome text not null check (outcome in ('applied', 'unknown')),
  detail text not null default '',
  -- what it says, read once; kept to be applied later where it came before what it is about
  facts jsonb not null default '[]',
  -- the provider's payment that is not known here yet
  waits_for text,
  seen_at timestamptz,
  seen_by text,
  received_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, provider, event_id)
);
create index on provider_notice (clinic_id, received_at desc);
create index on provider_notice (clinic_id, provider, waits_for) where waits_for is not null;
create index provider_notice_unseen on provider_notice (clinic_id, received_at) where outcome = 'unknown' and seen_at is null;

-- How a clinic is paid, and what stands on its papers. Keys are sealed by the installation's secret.
create table payment_settings (
  clinic_id uuid not null primary key references clinic (id) on delete cascade,
  stripe_key_sealed text,
  stripe_key_hint text,
  stripe_webhook_sealed text,
  legal_name text not null default '' check (length(legal_name) <= 200),
  address text not null default '' check (length(address) <= 500),
  tax_number text not null default '' check (length(tax_number) <= 60),
  bank_details text not null default '' check (length(bank_details) <= 300),
  paper_note text not null default '' check (length(paper_note) <= 500),
  refund_terms text not null default '' check (length(refund_terms) <= 500),
  updated_at timestamptz not null default now()
);

-- A day whose money was counted. It can be closed once; the ledger keeps the difference.
create table day_close (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  day date not null,
  currency char(3) not null,
  -- what the ledger expected in each account at the end of the day, minor units
  expected jsonb not null,
  counted_minor integer not null check (counted_minor >= 0),
  difference_minor integer not null,
  note text not null default '' check (length(note) <= 500),
  closed_by text not null,
  closed_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, day, currency)
);

-- The practice provider of a demo clinic: a checkout like any other, without money.
create table practice_checkout (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  payment_id uuid not null,
  state text not null check (state in ('open', 'processing', 'paid', 'expired')),
  amount_minor integer not null check (amount_minor > 0),
  currency char(3) not null,
  description text not null,
  success_url text not null,
  cancel_url text not null,
  failure text,
  -- processing turns to paid then
  pays_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, payment_id)
);
create table practice_refund (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  checkout_id uuid not null,
  refund_id uuid not null,
  amount_minor integer not null check (amount_minor > 0),
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, refund_id),
  foreign key (clinic_id, checkout_id) references practice_checkout (clinic_id, id) on delete cascade
);
create table practice_notice (
  clinic_id uuid not null references clinic (id) on delete cascade,
  id uuid not null default uuidv7(),
  body text not null,
  times integer not null default 1 check (times between 1 and 100),
  deliver_at timestamptz not null,
  delivered_at timestamptz,
  primary key (clinic_id, id)
);
create index practice_notice_due on practice_notice (clinic_id, deliver_at) where delivered_at is null;

-- A device that signs a person in without a password (WebAuthn). It belongs to one host name.
set local role rectus_auth;
create table auth.passkey (
  id text not null primary key,
  user_id text not null references auth."user" (id) on delete cascade,
  rp_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  backed_up boolean not null default false,
  name text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index on auth.passkey (user_id);
reset role;

do $$
declare t text;
begin
  foreach t in array array['tax','product','product_part','price','sales_order','order_line','payment','refund',
    'ledger_transaction','ledger_entry','document_counter','document','entitlement','entitlement_use',
    'provider_notice','payment_settings','day_close','practice_checkout','practice_refund','practice_notice']
  loop call protect(t::regclass); end loop;
end $$;

grant select, insert, update, delete on tax, product, product_part to rectus_app;
grant select, insert, update on sales_order, payment, refund, document_counter, entitlement, entitlement_use, provider_notice,
  payment_settings, practice_checkout, practice_notice to rectus_app;
grant select, insert on price, order_line, ledger_transaction, ledger_entry, document, day_close,
  practice_refund to rectus_app;
-- Of a line that was sold only the codes can be typed later.
grant update (procedure_code, diagnosis_code) on order_line to rectus_app;
