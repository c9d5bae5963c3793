import {
  encodePng,
  type LumaFrame,
  type MuscleFound,
  type MuscleNotFound,
  type PointPx,
} from '@rectus/sonography';
import { encode } from 'fast-png';

interface Stroke {
  readonly points: readonly PointPx[];
  readonly colour: readonly [number, number, number];
}

const SUPERFICIAL = [255, 120, 90] as const;
const DEEP = [110, 230, 130] as const;
const FASCICLE = [255, 225, 80] as const;
const SEEN = [80, 190, 255] as const;

/** The picture with the lines over it, as a drawing whose lines can be moved. */
export function overlaySvg(frame: LumaFrame, muscle: MuscleFound | MuscleNotFound): string {
  const { width, height } = frame;
  const picture = Buffer.from(encodePng(frame)).toString('base64');
  const lines = strokesOf(muscle).map(({ points, colour }) => {
    const at = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
    return `  <polyline points="${at}" fill="none" stroke="rgb(${colour.join(' ')})" stroke-width="1.5"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-0.5 -0.5 ${width} ${height}" width="${width}" height="${height}">`,
    `  <image x="-0.5" y="-0.5" width="${width}" height="${height}" href="data:image/png;base64,${picture}"/>`,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

/** The picture with the lines drawn into it. */
export function overlayPng(frame: LumaFrame, muscle: MuscleFound | MuscleNotFound): Uint8Array {
  const { width, height, luma } = frame;
  const data = new Uint8Array(width * height * 3);
  luma.forEach((value, at) => {
    data.fill(value, 3 * at, 3 * at + 3);
  });
  for (const { points, colour } of strokesOf(muscle))
    for (let at = 0; at + 1 < points.length; at++) {
      const [from, to] = [points[at], points[at + 1]];
      if (!from || !to) continue;
      const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)) + 1;
      for (let step = 0; step <= steps; step++) {
        const x = Math.round(from.x + ((to.x - from.x) * step) / steps);
        const y = Math.round(from.y + ((to.y - from.y) * step) / steps);
        if (x >= 0 && y >= 0 && x < width && y < height) data.set(colour, 3 * (y * width + x));
      }
    }
  return encode({ width, height, channels: 3, depth: 8, data });
}

function strokesOf(muscle: MuscleFound | MuscleNotFound): Stroke[] {
  const bands = muscle.found ? muscle.lines : muscle.aponeuroses;
  if (!bands) return [];
  const strokes: Stroke[] = [
    { points: bands.superficial, colour: SUPERFICIAL },
    { points: bands.deep, colour: DEEP },
  ];
  if (!muscle.found) return strokes;
  const segments = (list: MuscleFound['seen'], colour: Stroke['colour']) =>
    list.map(({ from, to }) => ({ points: [from, to], colour }));
  return [...strokes, ...segments(muscle.seen, SEEN), ...segments(muscle.lines.fascicles, FASCICLE)];
}
