import { type Estimate, estimate, type Feature } from './feature.ts';
import type { KeyFrame } from './key-frames.ts';
import { localWarp } from './local-warp.ts';
import { matchVariance } from './match-variance.ts';
import { type Matcher, type Window, windowAt } from './match-windows.ts';
import { type Say, smoothField } from './smooth-field.ts';

/** Windows that resemble the key frame less say nothing. */
const LEAST_CORRELATION = 0.3;
/** And a field that so few neighbours share is none. */
const LEAST_AGREEMENT = 0.4;
/** A correction beyond so many deviations is another place of the speckle, not the same one. */
const MOST_DEVIATIONS = 4;
/**
 * How far the error of the direct comparison and the error gathered since the key frame are the same error. Speckle
 * that changes for good gives both the very same, and then the comparison holds no news.
 */
const SHARED = 0.8;

const windows = new WeakMap<Feature, Window>();

/**
 * Corrects the features against a key frame in which tissue lay much like now, each by the Kalman gain of what has
 * added up since and what this comparison is worth (its own variance and the key frame's).
 */
export function anchorTo(
  key: KeyFrame | undefined,
  features: readonly Feature[],
  matcher: Matcher,
  current: number,
): void {
  if (!key) return;
  const asked = features.filter(({ id, lost }) => !lost && key.seen[id] === 1);
  const asks = asked.map((feature) => askOf(feature, key));
  matcher.match(asks, key.pyramid, current, 0);
  const says: Say[] = features.map((feature) => ({ feature, value: estimate(), good: false }));
  asked.forEach((feature, n) => {
    says[feature.id] = correctionOf(feature, asks[n] as Window, key);
  });
  const fields = asked.map(() => estimate());
  const agreements = asked.map((feature, n) => smoothField(says, feature.id, fields[n] as Estimate));
  asked.forEach((feature, n) => {
    if ((agreements[n] as number) >= LEAST_AGREEMENT) correct(feature, fields[n] as Estimate, key);
  });
}

function correct({ id, place }: Feature, field: Estimate, key: KeyFrame): void {
  const atKeyX = key.varianceX[id] as number;
  const atKeyY = key.varianceY[id] as number;
  const x = gainOf(place.varianceX - atKeyX, field.varianceX);
  const y = gainOf(place.varianceY - atKeyY, field.varianceY);
  place.x += x.gain * field.x;
  place.y += y.gain * field.y;
  if (x.gain > 0) place.varianceX = atKeyX + x.left;
  if (y.gain > 0) place.varianceY = atKeyY + y.left;
}

/** Of two estimates since the key frame, with errors that are partly one: the gain of the direct one, and what is left. */
function gainOf(gathered: number, direct: number): { gain: number; left: number } {
  if (!(gathered > 0) || !Number.isFinite(direct)) return { gain: 0, left: gathered };
  const common = SHARED * Math.min(gathered, direct);
  const gain = Math.min(1, Math.max(0, (gathered - common) / (gathered + direct - 2 * common)));
  const left = (1 - gain) ** 2 * gathered + gain ** 2 * direct + 2 * gain * (1 - gain) * common;
  return { gain, left };
}

function askOf(feature: Feature, key: KeyFrame): Window {
  const { id, place } = feature;
  const window = windows.get(feature) ?? windowAt(0, 0);
  windows.set(feature, window);
  window.fromX = key.x[id] as number;
  window.fromY = key.y[id] as number;
  window.x = place.x;
  window.y = place.y;
  localWarp(feature, key, window.warp);
  return window;
}

function correctionOf(feature: Feature, window: Window, key: KeyFrame): Say {
  const { id, place } = feature;
  const variance = matchVariance(window);
  const value = {
    x: window.x - place.x,
    y: window.y - place.y,
    varianceX: variance.x,
    varianceY: variance.y,
  };
  const spreadX = value.varianceX + place.varianceX + (key.varianceX[id] as number);
  const spreadY = value.varianceY + place.varianceY + (key.varianceY[id] as number);
  const away = (value.x * value.x) / spreadX + (value.y * value.y) / spreadY;
  const good =
    feature.inward === null &&
    window.found &&
    window.correlation > LEAST_CORRELATION &&
    away < MOST_DEVIATIONS * MOST_DEVIATIONS;
  return { feature, value, good };
}
