import { linePath, type Point, point, short, smoothPath } from '../../../platform/web/figures/geometry.ts';

const WIDTH = 300;
const HEIGHT = 200;
const UNITS_PER_MM = 5;
const MIDDLE = 94;
const HALF_THICKNESS = 34;

interface Muscle {
  readonly name: 'Rest' | 'Contraction';
  readonly gapMm: number;
  /** How far the torn ends swell, in drawing units. */
  readonly swelling: number;
}

/** The same torn muscle twice. The gaps are those of the drawing; the numbers under it are read off it. */
const REST: Muscle = { name: 'Rest', gapMm: 6, swelling: 0 };
const CONTRACTION: Muscle = { name: 'Contraction', gapMm: 31, swelling: 9 };

/** A torn muscle seen lengthwise, at rest and while it contracts: the ends move apart. */
export function MusclePanes() {
  return (
    <figure>
      <div class="uspair" data-theme="imaging">
        <Pane muscle={REST} />
        <Pane muscle={CONTRACTION} />
      </div>
      <figcaption class="tiny">
        Drawing of an ultrasound view, lengthwise, {WIDTH / UNITS_PER_MM} mm wide. The gap is {REST.gapMm} mm
        at rest and {CONTRACTION.gapMm} mm in contraction. Simulated, not a patient.
      </figcaption>
    </figure>
  );
}

function Pane({ muscle }: { muscle: Muscle }) {
  const { name, gapMm } = muscle;
  const gap = gapMm * UNITS_PER_MM;
  const [from, to] = [(WIDTH - gap) / 2, (WIDTH + gap) / 2];
  return (
    <figure>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={`${name}: the gap between the ends of the muscle is ${gapMm} millimetres wide. Drawing.`}
      >
        <rect width={WIDTH} height={HEIGHT} fill="var(--sunk)" />
        <g fill="none" stroke="var(--ink)" stroke-linecap="round">
          <Strokes rows={layerStrokes(8, 44, 90, 7)} opacity={0.3} width={1.6} />
          <Strokes rows={layerStrokes(148, 176, 70, 11)} opacity={0.2} width={1.6} />
          {SHADES.map((opacity, shade) => (
            <Strokes key={opacity} rows={fibres(muscle, shade)} opacity={opacity} width={1.6} />
          ))}
          <path d={fascia(MIDDLE - HALF_THICKNESS - 6, -1, muscle)} stroke-width="2.6" opacity="0.9" />
          <path d={fascia(MIDDLE + HALF_THICKNESS + 8, 1, muscle)} stroke-width="2.6" opacity="0.8" />
          <path d={`M0 184C90 180 210 188 ${WIDTH} 183`} stroke-width="3.4" opacity="0.75" />
        </g>
        <g stroke="var(--accent)" stroke-width="1.6" fill="none">
          <path
            d={`M${short(from)} ${MIDDLE - 7}v14M${short(to)} ${MIDDLE - 7}v14M${short(from)} ${MIDDLE}H${short(to)}`}
          />
        </g>
      </svg>
      <figcaption>
        {name} <span class="soft">gap</span> <b>{gapMm} mm</b>
      </figcaption>
    </figure>
  );
}

/** Four brightnesses, so that neighbouring fibres differ. */
const SHADES = [0.34, 0.48, 0.62, 0.8] as const;

/** Fibres of one brightness, broken at the gap, drawn towards the torn ends. */
function fibres(muscle: Muscle, shade: number): Point[][] {
  const random = sequence(41 + shade);
  const rows: Point[][] = [];
  for (let row = shade; row < 32; row += SHADES.length) {
    const height = (row / 31) * 2 - 1 + (random() - 0.5) * 0.05;
    const end = stumpEnd(muscle, height) - random() * 4;
    rows.push(fibre(muscle, height, end, 1, random), fibre(muscle, height, end, -1, random));
  }
  return rows;
}

/** One fibre from the edge of the picture to its torn end; `side` 1 is the left half, -1 the right. */
function fibre(muscle: Muscle, height: number, end: number, side: 1 | -1, random: () => number): Point[] {
  const phase = random() * 6;
  return Array.from({ length: 10 }, (_, i) => {
    const x = (end * i) / 9;
    const thick = HALF_THICKNESS + swell(muscle, stumpEnd(muscle, 0) - x);
    const y = MIDDLE + height * thick + Math.sin(x / 26 + phase) * 1.1 + (random() - 0.5) * 0.9;
    return point(side === 1 ? x : WIDTH - x, y);
  });
}

/** Where a fibre ends, from the edge of the picture: the torn end is round. */
function stumpEnd({ gapMm }: Muscle, height: number): number {
  return (WIDTH - gapMm * UNITS_PER_MM) / 2 - Math.min(gapMm, 16) * height * height;
}

function swell({ swelling }: Muscle, distanceFromEnd: number): number {
  return swelling * Math.exp(-(((distanceFromEnd - 20) / 22) ** 2));
}

/** The sheath above or below the muscle; it sags into the gap when the ends pull apart. */
function fascia(y: number, outward: 1 | -1, muscle: Muscle): string {
  const end = stumpEnd(muscle, 0);
  const sag = Math.min(muscle.gapMm * 0.5, 12);
  const points = Array.from({ length: 25 }, (_, i) => {
    const x = (WIDTH * i) / 24;
    const fromEnd = end - Math.min(x, WIDTH - x);
    const inGap = fromEnd < 0 ? sag * Math.sin((Math.PI / 2) * Math.min(-fromEnd / 40, 1)) : 0;
    return point(x, y + outward * (swell(muscle, fromEnd) - inGap) + Math.sin(x / 50) * 1.2);
  });
  return smoothPath(points);
}

/** Short strokes that stand for fat above the muscle, or deeper tissue below it. */
function layerStrokes(top: number, bottom: number, count: number, seed: number): Point[][] {
  const random = sequence(seed);
  return Array.from({ length: count }, () => {
    const [x, y] = [random() * WIDTH - 10, top + random() * (bottom - top)];
    const length = 8 + random() * 22;
    return [point(x, y), point(x + length, y + (random() - 0.5) * 3)];
  });
}

function Strokes(props: { rows: readonly Point[][]; opacity: number; width: number }) {
  return <path d={props.rows.map(linePath).join('')} opacity={props.opacity} stroke-width={props.width} />;
}

/** The same numbers between 0 and 1 on every drawing (a linear congruential sequence). */
function sequence(seed: number): () => number {
  let state = seed * 7919;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}
