import type { Figures } from '../desk/figures.ts';
import type { DayLine } from './month-report.ts';

const [WIDTH, HEIGHT, TOP, LEFT, BOTTOM] = [640, 200, 24, 8, 24];

/** What came in on each day as bars, what went back below the line. The table beside it holds the same numbers. */
export function MonthChart({ days, say }: { days: readonly DayLine[]; say: Figures }) {
  const most = Math.max(0, ...days.map((day) => day.receivedMinor));
  const least = Math.max(0, ...days.map((day) => day.refundedMinor));
  if (most + least === 0) return null;
  const scale = (HEIGHT - TOP - BOTTOM) / (most + least);
  const zero = TOP + most * scale;
  const step = (WIDTH - LEFT) / days.length;
  const best = days.find((day) => day.receivedMinor === most);
  return (
    <svg
      class="month-chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`What came in on each day; the most, ${say.exact(most)}, on day ${Number(best?.date.slice(8) ?? 0)}`}
    >
      {days.map((day, index) => {
        const x = LEFT + index * step;
        const up = day.receivedMinor * scale;
        const down = day.refundedMinor * scale;
        const number = index + 1;
        return (
          <g key={day.date}>
            <title>{`${number}: ${say.exact(day.receivedMinor)} received, ${say.exact(day.refundedMinor)} given back`}</title>
            {up > 0 && <rect class="in" x={x + 2} y={zero - up} width={step - 4} height={up} rx="2" />}
            {down > 0 && <rect class="out" x={x + 2} y={zero + 1} width={step - 4} height={down} rx="2" />}
            {(number === 1 || number % 5 === 0) && (
              <text x={x + step / 2} y={HEIGHT - 5} text-anchor="middle">
                {number}
              </text>
            )}
          </g>
        );
      })}
      <line class="axis" x1={LEFT} x2={WIDTH} y1={zero} y2={zero} />
      {best && (
        <text
          x={Math.min(WIDTH - 30, Math.max(38, LEFT + (Number(best.date.slice(8)) - 0.5) * step))}
          y={TOP - 5}
          text-anchor="middle"
        >
          {say.money(most)}
        </text>
      )}
    </svg>
  );
}
