import type { DicomJson } from '@rectus/sonography';
import type { FastifyRequest } from 'fastify';
import type { RefusalCode, TakenIn } from '../../../capabilities/imaging/index.ts';
import { urlOf } from '../paths.ts';
import type { Received } from './receive-clips.ts';

/** Failure reasons. Source: DICOM PS3.18 table I.2-2 and PS3.7 annex C; those of other meanings are named in the README. */
const FAILURES: Readonly<Record<RefusalCode, number>> = {
  'too-large': 0xa700,
  'missing-uids': 0xa900,
  'not-pictures': 0x0122,
  unsupported: 0xc122,
  'other-bytes': 0x0111,
  'other-patient': 0xc001,
  'other-exam': 0xc002,
  'other-study': 0xc003,
  empty: 0xc000,
  'not-dicom': 0xc000,
  video: 0xc000,
  damaged: 0xc000,
  'cut-off': 0xc000,
};
/** It was stored, and something about it is odd. Source: PS3.18 table I.2-1. */
const ODD = 0xb007;
const MOST_WARNINGS = 5;

export interface Report {
  readonly status: number;
  readonly body: DicomJson;
  /** What was wrong, in words, for the header `Warning`. */
  readonly warnings: string | null;
}

type Item = DicomJson;
type Refused = Extract<TakenIn, { kind: 'refused' }>;
type Stored = Exclude<TakenIn, Refused>;

/** What became of each clip. Source: DICOM PS3.18 sections 10.5.3 and I.2. */
export function reportOf(request: FastifyRequest, { taken, stopped, broken }: Received): Report {
  const stored = taken.filter((one): one is Stored => one.kind !== 'refused');
  const refused = taken.filter((one): one is Refused => one.kind === 'refused');
  const named = refused.filter(({ sopUid, sopClass }) => sopUid && sopClass);
  const others = refused.filter((one) => !named.includes(one)).map(({ code }) => failure(FAILURES[code]));
  if (broken) others.push(failure(FAILURES['cut-off']));
  const words = [...refused.map(({ reason }) => reason), ...stored.flatMap(({ warning }) => warning ?? [])];
  if (broken) words.push(broken.message);
  const studies = new Set(stored.map(({ studyUid }) => studyUid));
  const [study] = studies;
  return {
    status: statusOf(taken, { stopped, broken: broken !== null, isPerfect: words.length === 0 }),
    body: {
      ...(study && studies.size === 1
        ? { '00081190': { vr: 'UR', Value: [urlOf(request, { study })] } }
        : {}),
      ...sequence('00081198', named.map(failedItem)),
      ...sequence('0008119A', others),
      ...sequence(
        '00081199',
        stored.map((one) => storedItem(request, one)),
      ),
    },
    warnings: words.length > 0 ? warningsOf(words) : null,
  };
}

function statusOf(
  taken: readonly TakenIn[],
  how: { readonly stopped: Received['stopped']; readonly broken: boolean; readonly isPerfect: boolean },
): number {
  if (how.stopped) return how.stopped === 'disk-full' ? 503 : 413;
  const someStored = taken.some(({ kind }) => kind !== 'refused');
  if (!someStored) return taken.length === 0 || how.broken ? 400 : 409;
  return how.isPerfect ? 200 : 202;
}

function sequence(tag: string, items: readonly Item[]): DicomJson {
  return items.length > 0 ? { [tag]: { vr: 'SQ', Value: items } } : {};
}

function failure(reason: number): Item {
  return { '00081197': { vr: 'US', Value: [reason] } };
}

function failedItem({ sopClass, sopUid, code }: Refused): Item {
  return { ...reference(sopClass ?? '', sopUid ?? ''), ...failure(FAILURES[code]) };
}

function storedItem(request: FastifyRequest, one: Stored): Item {
  const url = urlOf(request, { study: one.studyUid, series: one.seriesUid, instance: one.sopUid });
  return {
    ...reference(one.sopClass, one.sopUid),
    '00081190': { vr: 'UR', Value: [url] },
    ...(one.warning ? { '00081196': { vr: 'US', Value: [ODD] } } : {}),
  };
}

function reference(sopClass: string, sopUid: string): Item {
  return {
    '00081150': { vr: 'UI', Value: [sopClass] },
    '00081155': { vr: 'UI', Value: [sopUid] },
  };
}

/** Headers are ASCII. Source: RFC 9111 section 5.5, as PS3.18 section 8.3 has it. */
function warningsOf(words: readonly string[]): string {
  const ascii = (text: string) =>
    text
      .replace(/[’‘]/g, "'")
      .replace(/[^\x20-\x7e]/g, '?')
      .replace(/["\\]/g, "'");
  return words
    .slice(0, MOST_WARNINGS)
    .map((text) => `299 rectus "${ascii(text)}"`)
    .join(', ');
}
