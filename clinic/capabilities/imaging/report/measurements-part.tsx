import type { ComponentChildren } from 'preact';
import { changeWords, digits, errorWords, unitWords } from './numbers.ts';
import type { ComparedValue, SignedContent } from './signed-content.ts';

type Values = SignedContent['measurements'];

/** What was measured: each number with its unit, its error and what a change of it must exceed. */
export function MeasurementsPart(props: { measurements: Values; children?: ComponentChildren }) {
  const { measurements } = props;
  const noneIsKnown = measurements.every((one) => one.minimalDetectableChange === null);
  return (
    <section class="card stack" aria-labelledby="measurements">
      <h2 id="measurements">Measurements</h2>
      {measurements.length === 0 && <p class="soft">Nothing was measured in these clips.</p>}
      {measurements.length > 0 && (
        <ul class="us-values">
          {measurements.map((one) => (
            <Value
              key={`${one.code}|${one.bodySite}|${one.side}`}
              value={one}
              of={measurements}
              isSaidBelow={noneIsKnown}
            />
          ))}
        </ul>
      )}
      {measurements.length > 0 && noneIsKnown && <p class="tiny soft">{UNKNOWN_CHANGE}</p>}
      {props.children}
    </section>
  );
}

const UNKNOWN_CHANGE = 'How large a change must be to count is not known.';

function Value({ value: one, of, isSaidBelow }: { value: Values[number]; of: Values; isSaidBelow: boolean }) {
  const place = [one.side, one.bodySite].filter(Boolean).join(', ');
  return (
    <li>
      <p>
        {one.label} {place && <span class="soft small">{place}</span>}
      </p>
      <p class="us-number">
        <b>{unitWords(one.value, one.unit)}</b>
        {one.standardError !== null && <span> ± {errorWords(one.standardError, one.unit)}</span>}
      </p>
      <Strip value={one} of={of} />
      <p class="tiny soft">
        {one.minimalDetectableChange === null
          ? !isSaidBelow && UNKNOWN_CHANGE
          : `A change counts beyond ${unitWords(one.minimalDetectableChange, one.unit)} (${one.citation ?? 'source not given'}).`}
        {one.standardError === null && ' Its error is not known.'}
        {one.note && ` ${one.note}`}
      </p>
    </li>
  );
}

const [WIDTH, HEIGHT] = [240, 16];

/** The value as a bar from nought with its error, on one scale with the others of its unit. */
function Strip({ value: one, of }: { value: Values[number]; of: Values }) {
  if (one.unit === '1') return null;
  const ends = of
    .filter(({ unit }) => unit === one.unit)
    .map(({ value, standardError }) => Math.abs(value) + 2 * (standardError ?? 0));
  const most = Math.max(...ends, Number.MIN_VALUE);
  const x = (value: number) => Math.max(0, Math.min(WIDTH, (Math.abs(value) / most) * WIDTH));
  const error = one.standardError ?? 0;
  const [from, to] = [x(Math.max(0, Math.abs(one.value) - error)), x(Math.abs(one.value) + error)];
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} class="us-strip" aria-hidden="true" preserveAspectRatio="none">
      <line x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} class="us-scale" />
      <rect x="0" y={HEIGHT / 2 - 2} width={x(one.value)} height="4" class="us-bar" />
      {error > 0 && (
        <rect x={from} y="1" width={Math.max(1, to - from)} height={HEIGHT - 2} class="us-error" />
      )}
      <line x1={x(one.value)} x2={x(one.value)} y1="0" y2={HEIGHT} class="us-point" />
    </svg>
  );
}

const JUDGED: Readonly<Record<ComparedValue['judgement'], string>> = {
  beyond: 'Changed',
  within: 'Within error',
  unknown: 'Not judged',
};

/** The examination before beside today's: the change counts only beyond what measuring again explains. */
export function ComparedPart(props: {
  earlier: NonNullable<SignedContent['earlier']>;
  day: string;
  path: string;
}) {
  const { earlier, day, path } = props;
  return (
    <section class="card stack" aria-labelledby="earlier">
      <h2 id="earlier">
        Beside <a href={path}>{day}</a>
      </h2>
      {earlier.compared.length === 0 ? (
        <p class="soft">Nothing that was measured then was measured again.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard
        <section class="scroll" tabIndex={0} aria-label="Earlier and today, a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Measurement</th>
                <th scope="col" class="n">
                  Then
                </th>
                <th scope="col" class="n">
                  Today
                </th>
                <th scope="col" class="n">
                  Change
                </th>
                <th scope="col">Counts?</th>
              </tr>
            </thead>
            <tbody>
              {earlier.compared.map((one) => (
                <tr key={`${one.code}|${one.bodySite}|${one.side}`}>
                  <th scope="row">
                    {one.label}{' '}
                    <span class="soft small">{[one.side, one.bodySite].filter(Boolean).join(', ')}</span>
                  </th>
                  <td class="n">{digits(one.before, one.unit)}</td>
                  <td class="n">{unitWords(one.today, one.unit)}</td>
                  <td class="n">{changeWords(one.change, one.unit)}</td>
                  <td>
                    <b>{JUDGED[one.judgement]}.</b> <span class="small soft">{one.words}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
