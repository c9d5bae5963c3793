import type { DicomJson, JsonElement } from '@rectus/sonography';
import type { FastifyRequest } from 'fastify';
import { urlOf } from '../paths.ts';
import type { Found } from './run-search.ts';
import type { Search } from './search-of.ts';

/** What every answer holds beside what was counted, empty where a file has none. Source: DICOM PS3.18 10.6.3.3. */
const STUDY_LEVEL: Readonly<Record<string, string>> = {
  '00080020': 'DA',
  '00080030': 'TM',
  '00080050': 'SH',
  '00080090': 'PN',
  '00100010': 'PN',
  '00100020': 'LO',
  '00100030': 'DA',
  '00100040': 'CS',
  '00200010': 'SH',
};
const SERIES_LEVEL: Readonly<Record<string, string>> = { '0008103E': 'LO', '00200011': 'IS' };
const INSTANCE_LEVEL: Readonly<Record<string, string>> = { '00200013': 'IS', '00280100': 'US' };

/** The elements that must be read of the files themselves. */
export function tagsOf({ level, include }: Search): 'all' | readonly string[] {
  if (include === 'all') return 'all';
  const usual = { study: [], series: Object.keys(SERIES_LEVEL), instance: Object.keys(INSTANCE_LEVEL) }[
    level
  ];
  return [...new Set([...usual, ...include])];
}

/** A found study, series or instance in the DICOM JSON model. */
export function resultOf(request: FastifyRequest, { level, wishes }: Search, found: Found): DicomJson {
  const { study_uid: study, series_uid: series, sop_uid: instance } = found;
  const isScoped = level !== 'study' && wishes.some(({ key }) => key.keyword === 'StudyInstanceUID');
  const json: Record<string, JsonElement> = {
    '00080005': one('CS', 'ISO_IR 192'),
    '00080056': one('CS', 'ONLINE'),
    '00081190': one(
      'UR',
      urlOf(request, { study, ...(series ? { series } : {}), ...(instance ? { instance } : {}) }),
    ),
    ...(isScoped ? {} : { ...empty(STUDY_LEVEL), ...found.attributes }),
    '0020000D': one('UI', study),
    ...(level === 'series' ? empty(SERIES_LEVEL) : level === 'instance' ? empty(INSTANCE_LEVEL) : {}),
    ...found.elements,
    ...countsOf(level, found),
  };
  return Object.fromEntries(Object.entries(json).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function countsOf(level: Search['level'], found: Found): DicomJson {
  if (level === 'study')
    return {
      '00080061': { vr: 'CS', Value: found.modalities },
      '00201206': one('IS', found.series_count),
      '00201208': one('IS', found.instance_count),
    };
  const series = {
    '00080060': one('CS', found.modality ?? ''),
    '0020000E': one('UI', found.series_uid ?? ''),
  };
  if (level === 'series') return { ...series, '00201209': one('IS', found.instance_count) };
  return {
    ...series,
    '00080016': one('UI', found.sop_class ?? ''),
    '00080018': one('UI', found.sop_uid ?? ''),
    '00280008': one('IS', found.frames ?? 1),
    '00280010': one('US', found.height ?? 0),
    '00280011': one('US', found.width ?? 0),
  };
}

function one(vr: string, value: string | number): JsonElement {
  return { vr, Value: [value] };
}

function empty(level: Readonly<Record<string, string>>): DicomJson {
  return Object.fromEntries(Object.entries(level).map(([tag, vr]) => [tag, { vr }]));
}
