import { SIDES, type Side } from '@rectus/gait';
import type { ComparedCurve, ComparedSession, ComparedSide, SpanView } from '../compare-view.ts';
import { Grid, LEAST_SPAN, UNIT_NAMES, zeroLine } from './curve-plot.tsx';
import { bandPath, curvePath, frameOf, PLOT, type PlotFrame, xOf, yOf } from './frame.ts';

/** Ends of lines stand at least so far apart, so that their letters are read. */
const LETTER_STEP = 12;

/** One curve in all sessions: the left and the right beside each other on one scale. */
export function SessionPlots(props: {
  readonly curve: ComparedCurve;
  readonly sessions: readonly ComparedSession[];
}) {
  const { curve, sessions } = props;
  const values = SIDES.flatMap((side) => curve[side]?.means.flatMap((mean) => mean ?? []) ?? []);
  const { frame, ticks } = frameOf(
    [...values, ...(curve.norm?.lower ?? []), ...(curve.norm?.upper ?? [])],
    LEAST_SPAN[curve.unit],
  );
  return (
    <figure class="plot session-plots">
      <header>
        <h3>{curve.name}</h3>
        <span class="tiny soft">
          {curve.positive} ↑ · {UNIT_NAMES[curve.unit]}
          {curve.errorDeg !== null && ` · error ± ${curve.errorDeg}°`}
        </span>
      </header>
      <div class="side-by-side">
        {SIDES.map((side) => {
          const own = curve[side];
          return (
            <div key={side}>
              <p class={`tiny side-name ${side}-name`}>{side === 'left' ? 'Left' : 'Right'}</p>
              {own ? (
                <SidePlot {...{ curve, sessions, side, own, frame, ticks }} />
              ) : (
                <p class="small soft">Not measured.</p>
              )}
            </div>
          );
        })}
      </div>
    </figure>
  );
}

function SidePlot(props: {
  readonly curve: ComparedCurve;
  readonly sessions: readonly ComparedSession[];
  readonly side: Side;
  readonly own: ComparedSide;
  readonly frame: PlotFrame;
  readonly ticks: readonly number[];
}) {
  const { curve, sessions, side, own, frame, ticks } = props;
  const { norm } = curve;
  return (
    <svg viewBox={`0 0 ${PLOT.width} ${PLOT.height}`} role="img" aria-label={spoken(props)}>
      <Grid frame={frame} ticks={ticks} />
      {norm && <path class="norm" d={bandPath(frame, norm.lower, norm.upper)} />}
      <path class="axis" d={`M${frame.left} ${zeroLine(frame)}H${frame.left + frame.width}`} opacity="0.6" />
      {own.means.map((mean, index) =>
        mean && sessions[index] ? (
          <path
            key={sessions[index].letter}
            class={`session ${styleOf(sessions[index], index)} ${side}-edge`}
            d={curvePath(frame, mean)}
          />
        ) : null,
      )}
      <Spans {...{ frame, side }} spans={own.sinceLast} row={0} />
      <Spans {...{ frame, side }} spans={own.sinceFirst} row={1} />
      {endsOf(own, frame).map(({ index, y }) => {
        const session = sessions[index];
        return (
          session && (
            <text
              key={session.letter}
              x={frame.left + frame.width + 5}
              y={y.toFixed(1)}
              class={`letter session-letter ${styleOf(session, index)} ${side}-letter`}
            >
              {session.letter}
            </text>
          )
        );
      })}
    </svg>
  );
}

/** This session is told apart by weight, the earlier ones by dash and colour. */
export function styleOf({ isThis }: ComparedSession, index: number): string {
  return isThis ? 'session-this' : `session-${index + 1}`;
}

/** Bars at the foot: solid since the session before, broken since the first. */
function Spans(props: {
  readonly frame: PlotFrame;
  readonly side: Side;
  readonly spans: readonly SpanView[];
  readonly row: 0 | 1;
}) {
  const { frame, side, spans, row } = props;
  if (spans.length === 0) return null;
  const y = frame.top + frame.height - (row === 0 ? 10 : 4);
  const path = spans.map((span) => `M${xOf(frame, span.fromPercent)} ${y}H${xOf(frame, span.toPercent)}`);
  return <path class={`changed ${row === 0 ? '' : 'since-first'} ${side}-edge`} d={path.join('')} />;
}

/** Where each line's letter stands, pushed apart where lines meet. */
function endsOf({ means }: ComparedSide, frame: PlotFrame): { index: number; y: number }[] {
  const ends = means
    .flatMap((mean, index) => {
      const value = mean?.at(-1);
      return value !== undefined && Number.isFinite(value) ? [{ index, y: yOf(frame, value) + 4 }] : [];
    })
    .toSorted((a, b) => a.y - b.y);
  let last = Number.NEGATIVE_INFINITY;
  const placed = ends.map(({ index, y }) => {
    last = Math.max(y, last + LETTER_STEP);
    return { index, y: last };
  });
  const wanted = ends.reduce((sum, { y }) => sum + y, 0) / Math.max(1, ends.length);
  const got = placed.reduce((sum, { y }) => sum + y, 0) / Math.max(1, placed.length);
  return placed.map(({ index, y }) => ({ index, y: y + wanted - got }));
}

function spoken({ curve, sessions, side, own }: Parameters<typeof SidePlot>[0]): string {
  const digits = curve.unit === 'deg' ? 0 : 2;
  const write = (value: number) => value.toFixed(digits).replace('-', 'minus ');
  const each = own.means.flatMap((mean, index) => {
    const known = mean?.filter(Number.isFinite) ?? [];
    const session = sessions[index];
    return session && known.length > 0
      ? [`${session.letter} from ${write(Math.min(...known))} to ${write(Math.max(...known))}`]
      : [];
  });
  const more = (spans: readonly SpanView[], than: string) =>
    spans.length === 0
      ? []
      : [
          `differs from ${than} by more than error from ${spans
            .map(({ fromPercent, toPercent }) => `${fromPercent.toFixed(0)} to ${toPercent.toFixed(0)} %`)
            .join(' and ')}`,
        ];
  return [
    `${curve.name}, ${side}, in ${UNIT_NAMES[curve.unit]}: ${each.join(', ')}`,
    ...more(own.sinceLast, 'the session before'),
    ...more(own.sinceFirst, 'the first'),
  ].join('; ');
}

/** What the lines of the sessions mean. */
export function SessionKey(props: {
  readonly sessions: readonly ComparedSession[];
  readonly norms: string | null;
}) {
  const { sessions, norms } = props;
  return (
    <ul class="key" aria-label="Key">
      {sessions.map((session, index) => (
        <li key={session.letter}>
          <svg width="42" height="10" class="key-line" aria-hidden="true">
            <path d="M0 5h42" class={`session ${styleOf(session, index)} left-edge`} />
          </svg>
          <b>{session.letter}</b> {session.day}
          {session.isThis && ', this session (left red, right green)'}
        </li>
      ))}
      {norms && (
        <li>
          <svg width="26" height="12" aria-hidden="true">
            <rect width="26" height="12" class="norm" />
          </svg>
          {norms}
        </li>
      )}
      <li>
        <svg width="30" height="10" class="key-line" aria-hidden="true">
          <path d="M0 5h30" class="changed left-edge" />
        </svg>
        more than error since the session before
      </li>
      {sessions.length > 2 && (
        <li>
          <svg width="30" height="10" class="key-line" aria-hidden="true">
            <path d="M0 5h30" class="changed since-first left-edge" />
          </svg>
          since the first
        </li>
      )}
    </ul>
  );
}
