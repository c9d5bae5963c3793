import type { Place } from '../measure/place.ts';
import { px } from '../units.ts';
import type { SureDirection } from './fascicle-direction.ts';
import type { LineField } from './line-energy.ts';
import type { MuscleLines, Segment } from './muscle-lines.ts';
import { type MusclePair, rowsBetween, slopeDeg } from './muscle-pair.ts';
import { type Curve, curveAt } from './robust-curve.ts';
import { toFrame, type WorkingPlane } from './working-plane.ts';

const POINTS_PER_APONEUROSIS = 5;
/** A fascicle is drawn from this share of the width inside the side where fascicles leave the deep aponeurosis. */
const START_SHARE = 0.05;
const SEEN_COUNT = 12;
const SEEN_WITHIN_DEG = 8;
const SEEN_LENGTH_MM = 6;

/** The search's curves and direction as lines in pixels of the stored frame. */
export function linesOf(
  working: WorkingPlane,
  pair: MusclePair,
  direction: SureDirection | null,
  fibres: LineField,
  mmPerPixel: number,
): { lines: MuscleLines; seen: Segment[] } {
  const superficial = curvePlaces(working, pair.upper);
  const deep = curvePlaces(working, pair.lower);
  if (!direction) return { lines: { superficial, deep, fascicles: [] }, seen: [] };
  return {
    lines: { superficial, deep, fascicles: [fascicleOf(working, pair, direction)] },
    seen: seenPieces(working, pair, direction, fibres, mmPerPixel),
  };
}

function place({ perX, perY, box }: WorkingPlane, x: number, y: number, error: number): Place {
  const at = toFrame({ perX, perY, box } as WorkingPlane, x, y);
  return { x: px(at.x), y: px(at.y), standardError: px(error * Math.sqrt(perX * perY)) };
}

// The half-way edge of a band is itself uncertain by a part of the band's blur, whatever the curve's spread.
function curvePlaces(working: WorkingPlane, curve: Curve): Place[] {
  return Array.from({ length: POINTS_PER_APONEUROSIS }, (_, at) => {
    const x = curve.from + ((curve.to - curve.from) * at) / (POINTS_PER_APONEUROSIS - 1);
    return place(working, x, curveAt(curve, x), Math.hypot(curve.spread, 1));
  });
}

function fascicleOf(working: WorkingPlane, pair: MusclePair, direction: SureDirection): Segment {
  const { width, height } = working.plane;
  const rad = (direction.angleDeg * Math.PI) / 180;
  const slope = Math.tan(rad);
  // Towards the side on which the fascicle nears the superficial aponeurosis, whichever way the probe was tilted.
  const forward = slope < Math.tan((slopeDeg(pair.upper) * Math.PI) / 180) ? 1 : -1;
  const inset = START_SHARE * (width - 1);
  const startX = forward > 0 ? Math.max(inset, pair.lower.from) : Math.min(width - 1 - inset, pair.lower.to);
  const startY = curveAt(pair.lower, startX);
  let x = startX;
  while (x + forward >= 0 && x + forward <= width - 1) {
    const y = startY + slope * (x + forward - startX);
    if (y < 0 || y > height - 1 || y < curveAt(pair.upper, x + forward)) break;
    x += forward;
  }
  const y = startY + slope * (x - startX);
  const length = Math.hypot(x - startX, y - startY);
  const error = (length * ((direction.standardErrorDeg * Math.PI) / 180)) / Math.SQRT2;
  return { from: place(working, startX, startY, error), to: place(working, x, y, error) };
}

function seenPieces(
  working: WorkingPlane,
  pair: MusclePair,
  direction: SureDirection,
  fibres: LineField,
  mmPerPixel: number,
): Segment[] {
  const { width, values } = fibres.strength;
  const rows = rowsBetween(pair.upper, pair.lower, mmPerPixel);
  const half = SEEN_LENGTH_MM / mmPerPixel / 2;
  const candidates: { x: number; y: number; strength: number; angle: number }[] = [];
  for (let x = Math.ceil(half); x < width - half; x += 2)
    for (let y = Math.ceil(rows(x)[0]); y < rows(x)[1]; y += 2) {
      const angle = fibres.anglesDeg[fibres.best[y * width + x] ?? 0] ?? 0;
      if (Math.abs(angle - direction.angleDeg) > SEEN_WITHIN_DEG) continue;
      candidates.push({ x, y, strength: values[y * width + x] ?? 0, angle });
    }
  candidates.sort((a, b) => b.strength - a.strength);
  const kept: typeof candidates = [];
  for (const one of candidates) {
    if (kept.length === SEEN_COUNT) break;
    if (kept.every((other) => Math.abs(other.x - one.x) > 1.5 * half || Math.abs(other.y - one.y) > half / 2))
      kept.push(one);
  }
  return kept.map(({ x, y, angle }) => pieceAt(working, x, y, angle, half));
}

function pieceAt(working: WorkingPlane, x: number, y: number, angleDeg: number, half: number): Segment {
  const rad = (angleDeg * Math.PI) / 180;
  const [dx, dy] = [half * Math.cos(rad), half * Math.sin(rad)];
  const ends = [place(working, x - dx, y - dy, 1), place(working, x + dx, y + dy, 1)] as const;
  return dy < 0 ? { from: ends[0], to: ends[1] } : { from: ends[1], to: ends[0] };
}
