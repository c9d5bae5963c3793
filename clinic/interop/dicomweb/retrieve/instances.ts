import { sql } from 'kysely';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { DoorError } from '../door-error.ts';
import type { Place } from '../paths.ts';

/** A stored instance, as much of it as serving its bytes needs. */
export interface Instance {
  readonly id: string;
  readonly study: string;
  readonly series: string;
  readonly sopUid: string;
  readonly transferSyntax: string;
  readonly sha256: string;
  readonly size: number;
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  /** Samples of a pixel, as the file says. */
  readonly samples: number;
}

/** The same with where its frames lie in the file. */
export interface IndexedInstance extends Instance {
  readonly frameIndex: readonly (readonly number[])[];
}

interface Row {
  readonly id: string;
  readonly dicom_study_uid: string;
  readonly series_uid: string;
  readonly sop_uid: string;
  readonly transfer_syntax: string;
  readonly sha256: string;
  readonly size: string;
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  readonly samples: number | null;
  readonly frame_index?: unknown;
}

/**
 * The instances of a study, a series, or the one that is named, in the order in which they came.
 *
 * @throws DoorError 404 where there are none; what was set aside is not seen from outside
 */
export async function readInstances(context: ClinicContext, place: Place): Promise<readonly Instance[]> {
  return (await readRows(context, place, false)).map(instanceOf);
}

/** How long a web process may answer from what it last read of an instance: only setting it aside ever changes it. */
const FRESH_MS = 2_000;
const MOST_KNOWN = 500;

export type FindInstance = (context: ClinicContext, place: Place) => Promise<IndexedInstance>;

/** Finds one instance with its index; viewers ask for the frames of one after the other. */
export function createFindInstance(): FindInstance {
  const known = new Map<string, { readonly at: number; readonly found: Promise<IndexedInstance> }>();
  return (context, place) => {
    const key = [context.clinicId, place.study, place.series, place.instance].join(' ');
    const entry = known.get(key);
    if (entry && performance.now() - entry.at < FRESH_MS) return entry.found;
    if (known.size >= MOST_KNOWN) known.clear();
    const found = readIndexed(context, place);
    known.set(key, { at: performance.now(), found });
    found.catch(() => known.delete(key));
    return found;
  };
}

async function readIndexed(context: ClinicContext, place: Place): Promise<IndexedInstance> {
  const [row] = await readRows(context, place, true);
  if (!row) throw nothing();
  return { ...instanceOf(row), frameIndex: row.frame_index as IndexedInstance['frameIndex'] };
}

async function readRows(context: ClinicContext, place: Place, withIndex: boolean): Promise<readonly Row[]> {
  const { rows } = await inClinic(context, ({ tx, clinicId }) =>
    sql<Row>`
      select i.id, i.dicom_study_uid, i.series_uid, i.sop_uid, i.transfer_syntax, f.sha256, f.size, i.frames, i.width,
        i.height, (i.metadata -> '00280002' -> 'Value' ->> 0)::int as samples
        ${withIndex ? sql`, i.frame_index` : sql``}
      from imaging_instance i
      join stored_file f on f.clinic_id = i.clinic_id and f.id = i.file_id
      where i.clinic_id = ${clinicId}::uuid and ${isAt(place)}
      order by i.series_uid, i.received_at, i.id`.execute(tx),
  );
  if (rows.length === 0) throw nothing();
  return rows;
}

/** Which instances a place holds that are seen from outside; `i` is `imaging_instance`. */
export function isAt({ study, series, instance }: Place) {
  return sql`i.dicom_study_uid = ${study}
    ${series === undefined ? sql`` : sql`and i.series_uid = ${series}`}
    ${instance === undefined ? sql`` : sql`and i.sop_uid = ${instance}`}
    and i.set_aside_at is null and i.format = 'dicom'`;
}

export function nothing(): DoorError {
  return new DoorError(404, 'There is nothing stored at this address.');
}

function instanceOf(row: Row): Instance {
  return {
    id: row.id,
    study: row.dicom_study_uid,
    series: row.series_uid,
    sopUid: row.sop_uid,
    transferSyntax: row.transfer_syntax,
    sha256: row.sha256,
    size: Number(row.size),
    frames: row.frames,
    width: row.width,
    height: row.height,
    samples: row.samples ?? 1,
  };
}
