-- Finding a person by any word of the name, in any order, by its letters or by its sound. Under row-level security
-- only operators that are leakproof reach an index, which text comparison in the "C" collation is and LIKE is not;
-- so each word is a row: 'w:' before the letters, 's:' before the sound.
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
  ) as terms (term);
  return null;
end $$;
create trigger words after insert or update of search_name, sound_name on patient
  for each row execute function index_patient_words();

create index on patient (clinic_id, phone);
