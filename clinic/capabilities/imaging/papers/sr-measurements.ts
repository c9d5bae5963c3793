import { uidOf } from '@rectus/sonography';
import type { SignedContent } from '../report/signed-content.ts';
import { type DrawnAnalysis, type DrawnShape, shapesAt } from './drawn-shapes.ts';
import { CODES, measureCode, siteCode, unitCode } from './sr-codes.ts';
import {
  type ContentItem,
  code,
  container,
  coordinates,
  type ImageReference,
  image,
  num,
  text,
  uid,
} from './sr-content.ts';

type Measurement = SignedContent['measurements'][number];

/** What measurements point to. */
export interface MeasurementSources {
  /** A clip of the report as a reference; null where it is not one of its clips. */
  readonly imageOf: (instanceId: string, frame: number | null) => ImageReference | null;
  readonly analyses: ReadonlyMap<string, DrawnAnalysis>;
}

/** Every measurement of a report as a group of its own. PS3.16 TID 1501 with TID 300. */
export function measurementGroups(
  content: SignedContent,
  sources: MeasurementSources,
): readonly ContentItem[] {
  return content.measurements.map((one) => groupOf(content, one, sources));
}

function groupOf({ exam }: SignedContent, one: Measurement, sources: MeasurementSources): ContentItem {
  const of = [one.code, one.bodySite, one.side].filter(Boolean).join(' ');
  const side = one.side ? [code('HAS CONCEPT MOD', CODES.laterality, CODES[one.side])] : [];
  const site = one.bodySite ? siteCode(one.bodySite) : null;
  return container('CONTAINS', CODES.measurementGroup, [
    text('HAS OBS CONTEXT', CODES.trackingIdentifier, of),
    // The same measure of the same examination keeps its identifier in every version of the report.
    uid('HAS OBS CONTEXT', CODES.trackingUid, uidOf(`rectus measure ${exam.id} ${of}`)),
    ...(site ? [code('HAS CONCEPT MOD', CODES.findingSite, site, side)] : side),
    text('HAS CONCEPT MOD', CODES.algorithmName, one.method),
    text('HAS CONCEPT MOD', CODES.algorithmVersion, one.methodVersion),
    numberOf(one, sources),
  ]);
}

function numberOf(one: Measurement, sources: MeasurementSources): ContentItem {
  const unit = unitCode(one.unit);
  const property = (concept: (typeof CODES)['standardError' | 'detectableChange'], value: number | null) =>
    value === null ? [] : [num('HAS PROPERTIES', concept, { value, unit })];
  const words = (concept: (typeof CODES)['citation' | 'measurementNote'], value: string | null) =>
    value ? [text('HAS PROPERTIES', concept, value)] : [];
  return num('CONTAINS', measureCode(one), { value: one.value, unit }, [
    ...property(CODES.standardError, one.standardError),
    ...property(CODES.detectableChange, one.minimalDetectableChange),
    ...words(CODES.citation, one.citation),
    ...words(CODES.measurementNote, one.note),
    ...sourceOf(one, sources),
  ]);
}

/** The places that were measured where they are known, else the picture or the clip. PS3.16 TID 320. */
function sourceOf(one: Measurement, { imageOf, analyses }: MeasurementSources): readonly ContentItem[] {
  const picture = imageOf(one.instanceId, one.frame);
  if (!picture) return [];
  const { frame } = one;
  const own = one.analysisIds.flatMap((id) => analyses.get(id) ?? []);
  const shapes = frame === null ? [] : own.filter(isOf(one)).flatMap((analysis) => shapesAt(analysis, frame));
  if (shapes.length === 0) return [image('INFERRED FROM', CODES.sourceOfMeasurement, picture)];
  return shapes.map((shape) =>
    coordinates('INFERRED FROM', CODES.sourceOfMeasurement, 'POLYLINE', closed(shape), picture),
  );
}

const isOf =
  ({ instanceId }: Measurement) =>
  (analysis: DrawnAnalysis) =>
    analysis.instanceId === instanceId;

/** A polyline is closed when its last place is its first. PS3.3 C.18.6.1.2. */
function closed({ kind, places }: DrawnShape) {
  return kind === 'outline' ? [...places, ...places.slice(0, 1)] : places;
}
