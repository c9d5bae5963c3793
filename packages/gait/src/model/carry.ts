import { rigidMotion } from '../gaps/rigid-motion.ts';
import { add, isKnown, scale, type Vector } from '../geometry/vector.ts';
import { CARRIED, CLUSTER_SEGMENTS } from '../marker-sets/marker-set.ts';
import { at, type Path, type Recording } from '../recording.ts';

/** A cluster with the markers that it carries, as they lay to each other while the person stood; in millimetres. */
export interface CarriedMarkers {
  readonly cluster: Readonly<Record<string, Vector>>;
  readonly carried: Readonly<Record<string, Vector>>;
}

/** With fewer markers of a cluster a segment's turn is not known. */
const LEAST_MARKERS = 3;

/** What the clusters of a standing trial can carry: the mean over all frames in which everything of a segment is seen. */
export function carriedFrom({ markers, markerSet, frames }: Recording): CarriedMarkers[] {
  return CLUSTER_SEGMENTS.flatMap((segment): CarriedMarkers[] => {
    const present = (names: readonly string[]) => names.filter((name) => markers.has(name));
    const carried = present(CARRIED[segment]);
    const cluster = present(markerSet?.clusters[segment] ?? []).filter((name) => !carried.includes(name));
    if (cluster.length < LEAST_MARKERS || carried.length === 0) return [];
    const mean = meanShape(
      [...cluster, ...carried].map((name) => markers.get(name) as Path),
      frames,
    );
    if (!mean) return [];
    const named = (names: readonly string[], from: number) =>
      Object.fromEntries(names.map((name, n) => [name, mean[from + n] as Vector]));
    return [{ cluster: named(cluster, 0), carried: named(carried, cluster.length) }];
  });
}

/** The mean places of points that move together, in the place of the first frame that shows all of them. */
function meanShape(paths: readonly Path[], frames: number): readonly Vector[] | null {
  let first: readonly Vector[] | null = null;
  let sums: readonly Vector[] = [];
  let n = 0;
  for (let frame = 0; frame < frames; frame++) {
    const places = paths.map((path) => at(path, frame));
    if (!places.every(isKnown)) continue;
    first ??= places;
    const back = rigidMotion(places, first);
    sums = places.map((place, index) => add(sums[index] ?? [0, 0, 0], back(place)));
    n++;
  }
  return first && sums.map((sum) => scale(sum, 1 / n));
}

/** A walk with the markers that its clusters carry; those that the walk itself shows stay as they are. */
export function withCarried(walk: Recording, all: readonly CarriedMarkers[]): Recording {
  const added = all.flatMap(({ cluster, carried }) => {
    const lacking = Object.entries(carried).filter(([name]) => !walk.markers.has(name));
    const seen = Object.entries(cluster).flatMap(([name, place]) => {
      const path = walk.markers.get(name);
      return path ? [{ place, path }] : [];
    });
    return lacking.length > 0 && seen.length >= LEAST_MARKERS ? [{ lacking, seen }] : [];
  });
  if (added.length === 0) return walk;
  const markers = new Map(walk.markers);
  for (const { lacking, seen } of added) {
    const paths = lacking.map(() => new Float64Array(3 * walk.frames).fill(Number.NaN));
    for (let frame = 0; frame < walk.frames; frame++) {
      const known = seen.filter(({ path }) => isKnown(at(path, frame)));
      if (known.length < LEAST_MARKERS) continue;
      const move = rigidMotion(
        known.map(({ place }) => place),
        known.map(({ path }) => at(path, frame)),
      );
      for (const [n, [, place]] of lacking.entries()) paths[n]?.set(move(place), 3 * frame);
    }
    for (const [n, [name]] of lacking.entries()) markers.set(name, paths[n] as Path);
  }
  return { ...walk, markers };
}
