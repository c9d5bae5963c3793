import type { ProfileBar, ScoresView } from '../walk-view.ts';
import { profileScale } from './profile-scale.ts';

const LEFT = 34;
const FLOOR = 172;
const TALL = 146;
const WIDE = 68;

/** The movement analysis profile: how far each curve is from the reference, with the profile score at the end. */
export function ProfileBars({ scores }: { scores: ScoresView }) {
  const bars = scores.profile;
  if (bars.length === 0) return null;
  const { top, ticks } = profileScale(bars);
  const hasReference = bars.some(({ reference }) => reference !== null);
  const height = (value: number) => (TALL * value) / top;
  return (
    <figure class="plot card">
      <header>
        <h2>Movement analysis profile</h2>
        <span class="tiny soft">RMS difference from the reference, degrees</span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Movement analysis profile, drawn">
        <svg viewBox="0 0 720 236" role="img" aria-label={spoken(bars)} class="wide-plot">
          <defs>
            <pattern
              id="right-hatch"
              width="5"
              height="5"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <path d="M0 0V5" class="hatch" />
            </pattern>
          </defs>
          <rect x={LEFT + WIDE * (bars.length - 1)} y="2" width={WIDE} height="232" rx="6" class="bar-last" />
          <path
            class="grid"
            d={ticks.map((tick) => `M${LEFT} ${(FLOOR - height(tick)).toFixed(1)}H716`).join('')}
          />
          {ticks.map((tick) => (
            <text key={tick} x={LEFT - 7} y={FLOOR - height(tick) + 4} text-anchor="end">
              {Number(tick.toFixed(1))}°
            </text>
          ))}
          {bars.map((bar, index) => (
            <Pair key={bar.name} bar={bar} x={LEFT + WIDE * (index + 0.5)} height={height} />
          ))}
        </svg>
      </section>
      <footer>
        Left solid, right hatched.
        {hasReference && ' Line: how far people of the reference are from their own mean (root mean square).'}
        {scores.gpsNorms &&
          ` Reference: ${scores.gpsNorms.name}, ${scores.gpsNorms.population}. ${scores.gpsNorms.caveats.join(' ')}`}
      </footer>
    </figure>
  );
}

function Pair({ bar, x, height }: { bar: ProfileBar; x: number; height: (value: number) => number }) {
  const [first = '', ...rest] = bar.name.split(' ');
  const [left, right] = [height(bar.left), height(bar.right)];
  return (
    <g>
      <rect x={x - 15} y={FLOOR - left} width="13" height={left} class="left-bar" />
      <rect x={x + 2} y={FLOOR - right} width="12" height={right} class="right-bar" />
      {bar.reference !== null && (
        <path class="bar-reference" d={`M${x - 26} ${(FLOOR - height(bar.reference)).toFixed(1)}h52`} />
      )}
      <text x={x} y="190" text-anchor="middle">
        {first}
      </text>
      <text x={x} y="204" text-anchor="middle">
        {rest.join(' ')}
      </text>
      <text x={x} y="223" text-anchor="middle" class="bar-value">
        {bar.left.toFixed(1)} · {bar.right.toFixed(1)}
      </text>
    </g>
  );
}

function spoken(bars: readonly ProfileBar[]): string {
  const each = bars.map(
    ({ name, left, right }) => `${name} left ${left.toFixed(1)}, right ${right.toFixed(1)}`,
  );
  return `Difference from the reference in degrees. ${each.join('; ')}.`;
}
