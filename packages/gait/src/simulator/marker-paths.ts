import type { Vector } from '../geometry/vector.ts';
import type { Path } from '../recording.ts';
import type { BodyShape } from './body-shape.ts';
import { markersOn, type Skeleton } from './skeleton.ts';
import { pathOf } from './trial.ts';

/** The path of every marker, without error. */
export function markerPaths(skeletons: readonly Skeleton[], shape: BodyShape): Map<string, Path> {
  const places = new Map<string, Vector[]>();
  for (const skeleton of skeletons) {
    for (const [name, place] of Object.entries(markersOn(skeleton, shape))) {
      const path = places.get(name);
      if (path) path.push(place);
      else places.set(name, [place]);
    }
  }
  return new Map([...places].map(([name, path]) => [name, pathOf(path)]));
}
