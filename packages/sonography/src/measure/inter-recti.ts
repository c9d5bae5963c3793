import type { Region } from '../clip.ts';
import type { Measured } from '../measured.ts';
import type { Mm } from '../units.ts';
import { measureDistance } from './lengths.ts';
import type { Place } from './place.ts';

/** Where along the linea alba. */
export interface InterRectiSite {
  readonly landmark: 'umbilicus' | 'xiphoid' | 'pubis';
  /** Distance from the landmark along the midline, above nought towards the head. */
  readonly fromLandmarkMm: Mm;
}

/** How the distance was taken; without these three no two distances compare (49 protocols: Insights Imaging 2023;14:92). */
export interface InterRectiCircumstances {
  readonly site: InterRectiSite;
  readonly breath: 'end-expiration' | 'end-inspiration' | 'held' | 'free';
  readonly task: 'rest' | 'curl-up' | 'drawing-in' | 'head-lift' | 'other';
}

export interface InterRectiDistance extends InterRectiCircumstances {
  readonly distance: Measured<Mm>;
}

/**
 * The distance between the inner borders of the two recti, with how it was taken.
 * @throws MeasureRefused where the places share no region with a scale
 */
export function measureInterRecti(
  regions: readonly Region[],
  borders: readonly [Place, Place],
  circumstances: InterRectiCircumstances,
): InterRectiDistance {
  return { ...circumstances, distance: measureDistance(regions, borders[0], borders[1]) };
}
