import type { DicomJson, JsonElement } from '@rectus/sonography';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { jsonOnly, sendDicomJson } from '../dicom-json-answer.ts';
import { type Place, urlOf } from '../paths.ts';
import { isAt, nothing } from './instances.ts';
import { isKept } from './kept.ts';
import type { Retrieval } from './retrieval.ts';

interface Row {
  readonly id: string;
  readonly study: string;
  readonly series: string;
  readonly instance: string;
  readonly json: string;
}

/** Everything that the files of a study, a series or an instance say, but their pixels. */
export async function sendMetadata(
  by: Retrieval,
  request: FastifyRequest<{ Params: Place }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  jsonOnly(request);
  const { rows } = await inClinic(request.context, ({ tx, clinicId }) =>
    sql<Row>`
      select i.id, i.dicom_study_uid as study, i.series_uid as series, i.sop_uid as instance, i.metadata::text as json
      from imaging_instance i where i.clinic_id = ${clinicId}::uuid and ${isAt(request.params)}
      order by i.series_uid, i.received_at, i.id`.execute(tx),
  );
  if (rows.length === 0) throw nothing();
  await by.note(request.context, 'metadata', rows);
  // What is stored of an instance never changes.
  if (isKept(request, reply, 'metadata', request.host, ...rows.map(({ id }) => id)))
    return reply.code(304).send();
  return sendDicomJson(
    reply,
    `[${rows.map((row) => withAddresses(row.json, urlOf(request, row))).join(',\n')}]`,
  );
}

/** Most files have nothing to be fetched apart: their JSON passes through as the database gives it. */
function withAddresses(json: string, address: string): string {
  if (!json.includes('"BulkDataURI"')) return json;
  return JSON.stringify(addressed(JSON.parse(json) as DicomJson, `${address}/bulkdata`));
}

function addressed(data: DicomJson, address: string): DicomJson {
  const entries = Object.entries(data).map(([tag, element]): [string, JsonElement] => {
    if (element.BulkDataURI !== undefined)
      return [tag, { ...element, BulkDataURI: `${address}/${element.BulkDataURI}` }];
    if (element.vr !== 'SQ' || !element.Value) return [tag, element];
    return [tag, { ...element, Value: element.Value.map((item) => addressed(item as DicomJson, address)) }];
  });
  return Object.fromEntries(entries);
}
