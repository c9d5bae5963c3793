import {
  BufferGeometry,
  Float32BufferAttribute,
  GridHelper,
  Group,
  LineBasicMaterial,
  LineLoop,
  Vector3,
} from 'three';
import { toScene } from './body.ts';
import type { MotionData } from './motion.ts';
import type { Palette } from './palette.ts';

const CELL_MM = 250;

/** A floor of quarter-metre cells under the whole way, with the force plates drawn on it. */
export function createFloor(motion: MotionData, palette: Palette): Group {
  const xs = motion.xyzMm.filter((value, index): value is number => index % 3 === 0 && value !== null);
  const [least, greatest] = xs.reduce(
    ([low, high], x) => [Math.min(low, x), Math.max(high, x)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const floor = new Group();
  if (least > greatest) return floor;
  const cells = 2 * Math.ceil((greatest - least + 1500) / (2 * CELL_MM));
  const grid = new GridHelper(cells * CELL_MM, cells, palette.line, palette.line);
  grid.position.x = Math.round((least + greatest) / 2 / CELL_MM) * CELL_MM;
  floor.add(grid);
  const edge = new LineBasicMaterial({ color: palette.bone });
  for (const corners of motion.plates) {
    const places = [0, 1, 2, 3].flatMap((corner) => {
      const at = (axis: number): number => corners[3 * corner + axis] ?? 0;
      return toScene([at(0), at(1), at(2) + 2], new Vector3()).toArray();
    });
    const outline = new BufferGeometry().setAttribute('position', new Float32BufferAttribute(places, 3));
    floor.add(new LineLoop(outline, edge));
  }
  return floor;
}
