import { findMuscle, type Place } from '@rectus/sonography';
import type { FileStore } from '../../../platform/files/index.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { clipOf } from '../core/open-clip.ts';
import type { MarkPlace } from './tools/tool.ts';

/** A first guess at the fascicle tool's six places, for a person to look at and move. */
export interface GuessedMuscle {
  readonly places: readonly MarkPlace[];
  /** 0 a guess to 1 clear; below 0.4 somebody should look before it is used. */
  readonly confidence: number;
}

/** @throws ImagingError where no muscle is found, in words */
export async function guessMuscle(
  files: FileStore,
  clinicId: string,
  clip: ClipFacts,
  frame: number,
): Promise<GuessedMuscle> {
  const open = await clipOf(files, clinicId, clip);
  const region = open.regions.find((one) => one.kind === 'tissue' && one.scale);
  const luma = await open.frame(frame);
  const found = findMuscle(luma, region?.scale ? { scale: region.scale, area: region } : {});
  if (!found.found) throw new ImagingError(`${found.message} Set the lines by hand.`);
  const { superficial, deep, fascicles } = found.lines;
  const [one] = fascicles;
  if (!one) throw new ImagingError('No fascicle was found. Set the lines by hand.');
  const places = [...straight(superficial), ...straight(deep), tidy(one.from), tidy(one.to)];
  return { places, confidence: found.confidence };
}

/** The straight line through all places, from the first to the last. */
function straight(places: readonly Place[]): [MarkPlace, MarkPlace] {
  const count = places.length;
  const x = places.reduce((sum, one) => sum + one.x, 0) / count;
  const y = places.reduce((sum, one) => sum + one.y, 0) / count;
  const over = places.reduce((sum, one) => sum + (one.x - x) ** 2, 0);
  const slope = places.reduce((sum, one) => sum + (one.x - x) * (one.y - y), 0) / Math.max(over, 1e-9);
  const at = (to: number) => tidy({ x: to, y: y + slope * (to - x) });
  return [at(places[0]?.x ?? 0), at(places.at(-1)?.x ?? 0)];
}

function tidy({ x, y }: MarkPlace): MarkPlace {
  return { x: Math.round(10 * x) / 10, y: Math.round(10 * y) / 10 };
}
