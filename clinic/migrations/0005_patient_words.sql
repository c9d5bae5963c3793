-- Finding a person by any word of the name, in any order, by its letters or by its sound, and by exact address.
-- Under row-level security only leakproof operators reach an index, which text comparison in the "C" collation is
-- and LIKE is not; so each way to find somebody is a row: 'w:' before the letters of a word, 's:' before its sound,
-- 'e:' before the e-mail address, 'p:' before the last nine digits of the telephone number.
create table patient_word (
  clinic_id uuid not null references clinic (id) on delete cascade,
  term text collate "C" not null,
  patient_id uuid not null,
  primary key (clinic_id, term, patient_id),
  foreign key (clinic_id, patient_id) references patient (clinic_id, id) on delete cascade
);
create index on patient_word (clinic_id, patient_id);
call protect('patient_word');
grant select, insert, update, delete on patient_word to rectus_app;

create function index_patient_words() returns trigger language plpgsql as $$
begin
  delete from patient_word where clinic_id = new.clinic_id and patient_id = new.id;
  insert into patient_word (clinic_id, term, patient_id)
  select new.clinic_id, term, new.id
  from (
    select 'w:' || word from regexp_split_to_table(new.search_name, ' +') word where word <> ''
    union
    select 's:' || sound from regexp_split_to_table(new.sound_name, ' +') sound where sound <> ''
    union
    select 'e:' || lower(new.email) where new.email <> ''
    union
    select 'p:' || right(digits, 9) from regexp_replace(new.phone, '[^0-9]', '', 'g') digits where length(digits) >= 6
  ) as terms (term);
  return null;
end $$;
create trigger words after insert or update of search_name, sound_name, email, phone on patient
  for each row execute function index_patient_words();
