import type { PointPx } from '../units.ts';

/** Whether a place lies inside a polygon (even–odd rule). */
export function inPolygon(polygon: readonly PointPx[], x: number, y: number): boolean {
  let inside = false;
  polygon.forEach((one, n) => {
    const other = polygon[(n + polygon.length - 1) % polygon.length] as PointPx;
    if (one.y > y === other.y > y) return;
    if (x < one.x + ((y - one.y) / (other.y - one.y)) * (other.x - one.x)) inside = !inside;
  });
  return inside;
}
