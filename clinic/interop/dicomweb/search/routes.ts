import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { Access } from '../access.ts';
import { jsonOnly, sendDicomJson } from '../dicom-json-answer.ts';
import { resultOf, tagsOf } from './results.ts';
import { runSearch } from './run-search.ts';
import { type Level, type SearchPlace, searchOf } from './search-of.ts';

const PATHS: Readonly<Record<string, Level>> = {
  '/studies': 'study',
  '/series': 'series',
  '/instances': 'instance',
  '/studies/:study/series': 'series',
  '/studies/:study/instances': 'instance',
  '/studies/:study/series/:series/instances': 'instance',
};

/** QIDO-RS: studies, series and instances by what they say. */
export async function searchRoutes(scope: FastifyInstance, access: Access): Promise<void> {
  for (const [path, level] of Object.entries(PATHS))
    scope.get<{ Params: SearchPlace }>(path, { onRequest: access }, (request, reply) =>
      answer(level, request, reply),
    );
}

async function answer(
  level: Level,
  request: FastifyRequest<{ Params: SearchPlace }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  jsonOnly(request);
  const { searchParams } = new URL(request.url, 'http://here');
  const search = searchOf(level, request.params, searchParams);
  const found = await inClinic(request.context, async (clinic) => {
    const rows = await runSearch(clinic, search, tagsOf(search));
    await record(clinic, {
      action: 'clips.searched',
      detail: { level, results: Math.min(rows.length, search.limit) },
    });
    return rows;
  });
  const warnings = [
    ...(found.length > search.limit ? ['There are more results: ask for them with offset'] : []),
    ...(search.ignored.length > 0
      ? ['Some of the keys are not compared here and were left out of account']
      : []),
  ];
  if (warnings.length > 0) reply.header('warning', warnings.map((text) => `299 rectus "${text}"`).join(', '));
  const results = found.slice(0, search.limit).map((one) => resultOf(request, search, one));
  return sendDicomJson(reply.header('cache-control', 'no-store'), JSON.stringify(results));
}
