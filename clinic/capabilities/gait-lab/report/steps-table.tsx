import { SIDES } from '@rectus/gait';
import { decimal, signed } from './numbers.ts';
import type { StepRow, WalkView } from './walk-view.ts';

/** Steps and times of both sides, with the earlier session and which changes exceed the spread of the strides. */
export function StepsTable({ walk }: { walk: WalkView }) {
  const { earlier } = walk;
  return (
    <section class="card">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Steps and time, a table">
        <table>
          <caption>
            <h2>Steps and time</h2>
          </caption>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col" class="n">
                Left
              </th>
              <th scope="col" class="n">
                Right
              </th>
              <th scope="col" class="n">
                Symmetry
              </th>
              {earlier && (
                <>
                  <th scope="col" class="n">
                    {earlier.day}
                  </th>
                  <th scope="col" class="n">
                    Change
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {walk.steps.map((row) => (
              <Row key={row.name} row={row} compared={earlier !== null} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="tiny soft table-foot">
        Symmetry is 100 (L − R) over their mean, in per cent.
        {earlier &&
          ' ▲ marks a change that exceeds the spread of the strides; no error between sessions is published for these.'}
      </p>
    </section>
  );
}

const write = (value: number | null | undefined, digits: number): string =>
  value == null ? 'not known' : decimal(value, digits);

function Row({ row, compared }: { row: StepRow; compared: boolean }) {
  const { name, unit, digits, shared, symmetryPercent } = row;
  return (
    <tr>
      <th scope="row">
        {name} <span class="soft tiny">{unit}</span>
      </th>
      {shared ? (
        <td class="n both" colSpan={2}>
          {write(row.left, digits)}
        </td>
      ) : (
        SIDES.map((side) => (
          <td key={side} class="n">
            {write(row[side], digits)}
          </td>
        ))
      )}
      <td class="n soft">{symmetryPercent === null ? '' : signed(symmetryPercent, 1)}</td>
      {compared && <Compared row={row} />}
    </tr>
  );
}

function Compared({ row }: { row: StepRow }) {
  const { digits, shared, earlier, changed } = row;
  const sides = shared ? (['left'] as const) : SIDES;
  const changes = sides.flatMap((side) => {
    const [now, before] = [row[side], earlier?.[side]];
    if (now === null || before == null) return [];
    const letter = shared ? '' : side === 'left' ? 'L ' : 'R ';
    const mark = shared ? changed.length > 0 : changed.includes(side);
    return [{ side, text: `${letter}${signed(now - before, digits)}`, mark }];
  });
  return (
    <>
      <td class="n soft">{sides.map((side) => write(earlier?.[side], digits)).join(' · ')}</td>
      <td class="n">
        {changes.map(({ side, text, mark }, index) => (
          <span key={side}>
            {index > 0 && ' · '}
            {mark ? (
              <>
                <b>{text}</b> ▲<span class="vh"> exceeds the spread</span>
              </>
            ) : (
              text
            )}
          </span>
        ))}
      </td>
    </>
  );
}
