import { GaitError } from '../gait-error.ts';
import { detectMarkerSet } from './detect.ts';
import {
  CLUSTER_SEGMENTS,
  MARKER_SET_FORMAT,
  MARKER_SET_VERSION,
  type MarkerSet,
  MODEL_MARKERS,
} from './marker-set.ts';

/**
 * A marker set from its JSON.
 *
 * @throws GaitError `marker-set` naming the field that is wrong, or the markers that the model needs and the set leaves out
 */
export function parseMarkerSet(text: string): MarkerSet {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('it is no JSON');
  }
  const set = recordOf(value, 'the document');
  if (set.format !== MARKER_SET_FORMAT) throw wrong(`format must be "${MARKER_SET_FORMAT}"`);
  if (set.version !== MARKER_SET_VERSION) throw wrong(`version must be ${MARKER_SET_VERSION}`);
  for (const field of ['id', 'name'] as const)
    if (typeof set[field] !== 'string' || set[field] === '') throw wrong(`${field} must be a text`);
  if (set.joints !== 'wands' && set.joints !== 'medial') throw wrong('joints must be "wands" or "medial"');
  checkLabels(set.markers, 'markers', MODEL_MARKERS);
  if (set.clusters !== undefined) checkLabels(set.clusters, 'clusters', CLUSTER_SEGMENTS);
  const known = set as unknown as MarkerSet;
  const { missing } = detectMarkerSet(everyLabel(known), [known]);
  if (missing.length > 0) throw wrong(`it names no ${missing.join(', no ')}, which the model needs`);
  return known;
}

function everyLabel({ markers, clusters = {} }: MarkerSet): Set<string> {
  return new Set([...Object.values(markers), ...Object.values(clusters)].flat());
}

function checkLabels(value: unknown, field: string, names: readonly string[]): void {
  for (const [name, labels] of Object.entries(recordOf(value, field))) {
    if (!names.includes(name)) throw wrong(`${field}.${name} is not one of ${names.join(', ')}`);
    const all: unknown[] = Array.isArray(labels) ? labels : [labels];
    if (all.length === 0 || all.some((label) => typeof label !== 'string' || label === ''))
      throw wrong(`${field}.${name} must be a label or several`);
    if (field === 'clusters' && all.length < 3) throw wrong(`${field}.${name} needs three labels or more`);
  }
}

function recordOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(`${what} must be an object`);
  return value as Readonly<Record<string, unknown>>;
}

function wrong(what: string): GaitError {
  return new GaitError('marker-set', `This is not a marker set that can be used: ${what}.`);
}
