import type { DicomJson } from '@rectus/sonography';
import { type RawBuilder, sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Key } from './keys.ts';
import type { Search, Wish } from './search-of.ts';

/** One study, series or instance that was found. */
export interface Found {
  readonly study_uid: string;
  /** What the file says at the level of patient and study. */
  readonly attributes: DicomJson;
  readonly modalities: readonly string[];
  readonly series_count: number;
  readonly instance_count: number;
  readonly series_uid?: string;
  readonly sop_uid?: string;
  readonly sop_class?: string;
  readonly modality?: string;
  readonly frames?: number;
  readonly width?: number;
  readonly height?: number;
  /** Those elements of one of its instances that were asked for. */
  readonly elements?: DicomJson | null;
}

type Condition = RawBuilder<unknown>;

/**
 * Finds what a search asks for, newest studies first, one more than its limit where there are more. Under row-level
 * security only leakproof comparisons reach an index, so a pattern is also written as a range of its first letters.
 *
 * @param tags the elements to bring of each, or all
 */
export async function runSearch(
  clinic: ClinicTransaction,
  search: Search,
  tags: 'all' | readonly string[],
): Promise<readonly Found[]> {
  const of = { study: ofStudies, series: ofSeries, instance: ofInstances }[search.level];
  const { rows } = await of(clinic.clinicId, search, tags).execute(clinic.tx);
  return rows;
}

/** Clips that were set aside, and pictures that are no DICOM, are not seen from outside. */
const VISIBLE = sql`i.set_aside_at is null and i.format = 'dicom'`;

function ofStudies(clinicId: string, search: Search, tags: 'all' | readonly string[]) {
  const ofStudy = sql`i.clinic_id = s.clinic_id and i.dicom_study_uid = s.study_uid and ${VISIBLE}`;
  return sql<Found>`
    select s.study_uid, s.attributes, t.modalities, t.series_count, t.instance_count, e.elements
    from (
      select s.* from imaging_dicom_study s
      where s.clinic_id = ${clinicId}::uuid and ${all(studyConditions(clinicId, search))}
        and exists (select from imaging_instance i where ${ofStudy})
      order by s.first_at desc, s.study_uid
      limit ${search.limit + 1} offset ${search.offset}) s
    cross join lateral (
      select array_agg(distinct i.modality) as modalities, count(distinct i.series_uid)::int as series_count,
        count(*)::int as instance_count, (array_agg(i.id order by i.received_at, i.id))[1] as one
      from imaging_instance i where ${ofStudy}) t
    cross join lateral (${elementsOf(clinicId, sql`t.one`, tags)}) e
    order by s.first_at desc, s.study_uid`;
}

function ofSeries(clinicId: string, search: Search, tags: 'all' | readonly string[]) {
  return sql<Found>`
    select p.*, e.elements from (
      select s.study_uid, s.attributes, s.first_at, t.*
      from imaging_dicom_study s
      cross join lateral (
        select i.series_uid, min(i.modality) as modality, count(*)::int as instance_count,
          (array_agg(i.id order by i.received_at, i.id))[1] as one
        from imaging_instance i
        where i.clinic_id = s.clinic_id and i.dicom_study_uid = s.study_uid and ${VISIBLE}
          and ${all(instanceConditions(search))}
        group by i.series_uid) t
      where s.clinic_id = ${clinicId}::uuid and ${all(studyConditions(clinicId, search))}
      order by s.first_at desc, s.study_uid, t.series_uid
      limit ${search.limit + 1} offset ${search.offset}) p
    cross join lateral (${elementsOf(clinicId, sql`p.one`, tags)}) e
    order by p.first_at desc, p.study_uid, p.series_uid`;
}

function ofInstances(clinicId: string, search: Search, tags: 'all' | readonly string[]) {
  return sql<Found>`
    select p.*, e.elements from (
      select s.study_uid, s.attributes, s.first_at, i.series_uid, i.sop_uid, i.sop_class, i.modality, i.frames, i.width,
        i.height, i.received_at, i.id as one
      from imaging_dicom_study s
      join imaging_instance i on i.clinic_id = s.clinic_id and i.dicom_study_uid = s.study_uid
      where s.clinic_id = ${clinicId}::uuid and ${VISIBLE} and ${all(studyConditions(clinicId, search))}
        and ${all(instanceConditions(search))}
      order by s.first_at desc, s.study_uid, i.series_uid, i.received_at, i.id
      limit ${search.limit + 1} offset ${search.offset}) p
    cross join lateral (${elementsOf(clinicId, sql`p.one`, tags)}) e
    order by p.first_at desc, p.study_uid, p.series_uid, p.received_at, p.one`;
}

function elementsOf(clinicId: string, id: Condition, tags: 'all' | readonly string[]): Condition {
  const one = sql`where o.clinic_id = ${clinicId}::uuid and o.id = ${id}`;
  if (tags === 'all') return sql`select o.metadata as elements from imaging_instance o ${one}`;
  if (tags.length === 0) return sql`select null::jsonb as elements`;
  return sql`
    select (select jsonb_object_agg(m.tag, m.element) from jsonb_each(o.metadata) as m (tag, element)
      where m.tag = any (${tags}::text[])) as elements
    from imaging_instance o ${one}`;
}

function all(conditions: readonly Condition[]): Condition {
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}

const COLUMNS: Readonly<Record<string, string>> = {
  '00080020': 's.study_date',
  '00080050': 's.accession',
  '00100010': 's.name_key',
  '00100020': 's.patient_id',
  '0020000D': 's.study_uid',
  '00080060': 'i.modality',
  '0020000E': 'i.series_uid',
  '00080016': 'i.sop_class',
  '00080018': 'i.sop_uid',
};

function studyConditions(clinicId: string, { wishes }: Search): readonly Condition[] {
  return wishes.flatMap(({ key, wish }) => {
    if (key.tag === '00080061') return [hasInstance(clinicId, sql`o.modality`, wish)];
    if (key.level === 'study') return [conditionOf(key, wish)];
    // What lies below leads to its studies by an index of its own.
    if (key.tag === '00080060') return [hasInstance(clinicId, sql`o.modality`, wish)];
    if (key.tag === '0020000E') return [hasInstance(clinicId, sql`o.series_uid`, wish)];
    return key.tag === '00080018' ? [hasInstance(clinicId, sql`o.sop_uid`, wish)] : [];
  });
}

function instanceConditions({ wishes }: Search): readonly Condition[] {
  return wishes.flatMap(({ key, wish }) => (key.level === 'study' ? [] : [conditionOf(key, wish)]));
}

function hasInstance(clinicId: string, column: Condition, wish: Wish): Condition {
  return sql`s.study_uid in (
    select o.dicom_study_uid from imaging_instance o
    where o.clinic_id = ${clinicId}::uuid and o.set_aside_at is null and o.format = 'dicom' and ${matches(column, wish)})`;
}

function conditionOf({ tag, level, matching }: Key, wish: Wish): Condition {
  const column = COLUMNS[tag];
  if (column) return matches(sql.ref(column), wish);
  const from = sql.ref(level === 'study' ? 's.attributes' : 'i.metadata');
  const value = sql`${from} -> ${tag} -> 'Value'`;
  return matching === 'name'
    ? matches(sql`lower(${value} -> 0 ->> 'Alphabetic') collate "C"`, wish)
    : matches(sql`(${value} ->> 0) collate "C"`, wish);
}

const LAST_CHARACTER = '\u{10FFFF}';

function matches(column: Condition, wish: Wish): Condition {
  if (wish.kind === 'one-of') return sql`${column} = any (${wish.values}::text[])`;
  if (wish.kind === 'words')
    return all(
      wish.words.map((word) => sql`${column} ~ ${`(^|[\\^ =-])${word.replace(/[^\p{L}\p{N}]/gu, '\\$&')}`}`),
    );
  if (wish.kind === 'range')
    return all([
      ...(wish.from ? [sql`${column} >= ${wish.from}`] : []),
      ...(wish.to ? [sql`${column} <= ${wish.to}`] : []),
    ]);
  const [start = ''] = wish.pattern.split(/[*?]/, 1);
  const pattern = wish.pattern
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
  return all([
    ...(start ? [sql`${column} >= ${start}`, sql`${column} < ${start + LAST_CHARACTER}`] : []),
    sql`${column} like ${pattern}`,
  ]);
}
