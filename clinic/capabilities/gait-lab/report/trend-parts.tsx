import type { ComparedSession, Trend, TrendChange } from './compare-view.ts';
import { decimal, signed } from './numbers.ts';
import { TrendPlot } from './plots/trend-plot.tsx';

interface TrendsProps {
  readonly trends: readonly Trend[];
  readonly sessions: readonly ComparedSession[];
}

const SIDE_NAMES = { left: 'Left', right: 'Right' } as const;

/** The numbers that are followed, drawn over the sessions. */
export function TrendPlots({ trends, sessions }: TrendsProps) {
  const [first, before] = [sessions[0]?.letter ?? '', sessions.at(-2)?.letter ?? ''];
  return (
    <div class="trends">
      {trends.map((trend) => (
        <figure key={trend.name} class="plot card">
          <header>
            <h3>
              {trend.name} <span class="tiny soft">{trend.unit.trim()}</span>
            </h3>
          </header>
          <TrendPlot trend={trend} sessions={sessions} />
          <ul class="plain-list tiny">
            {trend.lines.map((line) => (
              <li key={line.side}>
                {line.side && <span>{SIDE_NAMES[line.side]}: </span>}
                {line.sinceLast && <Since change={line.sinceLast} letter={before} trend={trend} />}
                {line.sinceFirst && (
                  <>
                    {' · '}
                    <Since change={line.sinceFirst} letter={first} trend={trend} />
                  </>
                )}
                {!line.sinceLast && !line.sinceFirst && 'not measured before'}
              </li>
            ))}
          </ul>
        </figure>
      ))}
    </div>
  );
}

/** "−2.5° since C (needs 6.1)": what is more than it needs is marked and bold. */
function Since({ change, letter, trend }: { change: TrendChange; letter: string; trend: Trend }) {
  const mark = MARKS[change.verdict];
  const text = `${signed(change.difference, trend.digits)}${trend.unit}`;
  return (
    <span class="since">
      {mark ? (
        <b>
          {text} {mark}
        </b>
      ) : (
        text
      )}{' '}
      <span class="soft">
        since {letter}
        {change.needs !== null && `, needs ${decimal(change.needs, trend.digits)}`}
      </span>
    </span>
  );
}

/** What exceeds a published error, and what only exceeds the strides' spread. */
const MARKS = { beyond: '▲', spread: '△', alike: null, 'not-known': null } as const;

function verdictText({ verdict, needs }: TrendChange, { unit, digits, bars }: Trend): string {
  const limit = needs === null ? '' : ` (${decimal(needs, digits)}${unit})`;
  if (verdict === 'beyond') return `more than the error${limit}`;
  if (verdict === 'spread') return `more than the strides vary${limit}`;
  if (verdict === 'not-known') return 'its error is not published';
  return bars === 'between-sessions' ? `within the error${limit}` : `within what the strides vary${limit}`;
}

/** The same numbers as a table, a column for each session. */
export function TrendTable({ trends, sessions }: TrendsProps) {
  const hasFirst = sessions.length > 2;
  return (
    <section class="card">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Key values of the sessions, table">
        <table>
          <caption>
            <h2>Key values</h2>
          </caption>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              {sessions.map(({ letter, day, isThis }) => (
                <th key={letter} scope="col" class="n">
                  {letter} <span class="soft tiny">{isThis ? 'this session' : day}</span>
                </th>
              ))}
              <th scope="col" class="n">
                Since the one before
              </th>
              {hasFirst && (
                <th scope="col" class="n">
                  Since the first
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {trends.flatMap((trend) =>
              trend.lines.map((line) => (
                <tr key={`${trend.name} ${line.side}`}>
                  <th scope="row">
                    {trend.name}
                    {line.side && `, ${line.side}`} <span class="soft tiny">{trend.unit.trim()}</span>
                  </th>
                  {sessions.map(({ letter }, index) => (
                    <td key={letter} class="n">
                      {cellText(line.values[index] ?? null, line.errors[index] ?? null, trend)}
                    </td>
                  ))}
                  <Change change={line.sinceLast} trend={trend} />
                  {hasFirst && <Change change={line.sinceFirst} trend={trend} />}
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
      <p class="tiny soft table-foot">
        ▲ exceeds the measurement error between sessions; △ exceeds what the strides vary, while no error
        between sessions is published. ± is the error between sessions of an angle, and of the rest 1.96
        standard errors of the strides.
      </p>
    </section>
  );
}

function cellText(value: number | null, error: number | null, { digits }: Trend): string {
  if (value === null) return 'not known';
  return `${decimal(value, digits)}${error === null ? '' : ` ± ${decimal(error, digits)}`}`;
}

function Change({ change, trend }: { change: TrendChange | null; trend: Trend }) {
  if (!change) return <td class="n soft">not known</td>;
  const { verdict, difference } = change;
  const mark = MARKS[verdict];
  const text = signed(difference, trend.digits);
  return (
    <td class="n">
      {mark ? <b>{text}</b> : text}
      {mark && (
        <>
          {' '}
          <span aria-hidden="true">{mark}</span>
          <span class="vh">, {verdictText(change, trend)}</span>
        </>
      )}
    </td>
  );
}
