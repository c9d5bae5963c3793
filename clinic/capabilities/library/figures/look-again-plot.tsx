import { linePath, point, short } from '../../../platform/web/figures/geometry.ts';

/** Worst pain in 24 hours, 0 to 10, at weeks 0 to 4 of a simulated patient. */
const PAIN = [7, 6.5, 6.5, 6, 6] as const;
const LOOK_AGAIN_WEEK = 4;
const LAST_WEEK = 8;

const xOf = (week: number) => 46 + week * 44;
const yOf = (pain: number) => 210 - pain * 19;

/** Band round an average fall of 58 % in the first month (Pengel 2003); its width is drawn, not measured. */
function bandPath(): string {
  const weeks = Array.from({ length: 17 }, (_, i) => (i * LAST_WEEK) / 16);
  const edge = (ratePerWeek: number) =>
    weeks.map((week) => point(xOf(week), yOf(PAIN[0] * Math.exp(-ratePerWeek * week))));
  return `${linePath([...edge(0.14), ...edge(0.29).toReversed()])}Z`;
}

/** Pain that does not follow the usual course: at week four the clinic looks again. */
export function LookAgainPlot() {
  const points = PAIN.map((pain, week) => point(xOf(week), yOf(pain)));
  const last = points.at(-1) ?? point(0, 0);
  return (
    <figure class="plot">
      <header>
        <h3>Pain, worst in 24 hours</h3>
        <span class="tiny soft">0 to 10</span>
      </header>
      <svg viewBox="0 0 420 252" width="420" height="252" role="img" aria-label={DESCRIPTION}>
        <path class="grid" d={[0, 2, 4, 6, 8].map((pain) => `M46 ${yOf(pain)}H412`).join('')} />
        <path class="norm" d={bandPath()} />
        <path d={linePath(points)} fill="none" stroke="var(--ink)" stroke-width="2.5" />
        <g fill="var(--surface)" stroke="var(--ink)" stroke-width="2">
          {points.map((at) => (
            <circle key={at.x} cx={short(at.x)} cy={short(at.y)} r="4.5" />
          ))}
        </g>
        <path d={`M${xOf(LOOK_AGAIN_WEEK)} 26V210`} stroke="var(--accent)" stroke-width="1.5" />
        <circle cx={last.x} cy={last.y} r="11" fill="none" stroke="var(--accent)" stroke-width="2.5" />
        <g class="called">
          <text x="232" y="42" class="loud">
            Look again
          </text>
          <text x="232" y="62">
            under 30 % by week 4
          </text>
          <text x="312" y="183" text-anchor="middle">
            usual course
          </text>
          {[0, 2, 4, 6, 8].map((pain) => (
            <text key={pain} x="38" y={yOf(pain) + 5} text-anchor="end">
              {pain}
            </text>
          ))}
          {[0, 2, 4, 6, 8].map((week) => (
            <text key={week} x={xOf(week)} y="230" text-anchor="middle">
              {week}
            </text>
          ))}
          <text x="412" y="247" text-anchor="end">
            weeks
          </text>
        </g>
      </svg>
      <footer>
        Simulated patient. The grey shape is drawn round an average fall of 58 % in the first month (Pengel
        2003); it is nobody’s forecast. A change that matters: 2 points or 30 % (Ostelo 2008).
      </footer>
    </figure>
  );
}

const DESCRIPTION =
  "Pain over eight weeks. The usual course falls from seven to between two and four at week four. This simulated patient's pain stays at six, so at week four the clinic looks again.";
