import { decimal } from './numbers.ts';
import type { StrideRow } from './walk-view.ts';

const FATES = { counted: 'counted', outlier: 'unlike the others', excluded: 'left out' } as const;

/** Every stride with where its strike comes from, and what became of it; folded, since few ask every day. */
export function StridesTable({ rows }: { rows: readonly StrideRow[] }) {
  const counted = rows.filter(({ fate }) => fate === 'counted').length;
  return (
    <details class="card strides">
      <summary>
        <b>Strides and events</b>{' '}
        <span class="soft small">
          {counted} of {rows.length} counted
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Strides and events, table">
        <table class="small">
          <thead>
            <tr>
              <th scope="col">Trial</th>
              <th scope="col">Side</th>
              <th scope="col" class="n">
                From, to
              </th>
              <th scope="col" class="n">
                Foot off
              </th>
              <th scope="col">Foot strike from</th>
              <th scope="col">Stride</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.trial} ${row.side} ${row.startS} ${row.fate}`}>
                <th scope="row">{row.trial}</th>
                <td>{row.side}</td>
                <td class="n">
                  {decimal(row.startS, 2)} {row.endS === null ? '' : `to ${decimal(row.endS, 2)} `}s
                </td>
                <td class="n">{row.footOffPercent === null ? '' : `${decimal(row.footOffPercent, 0)} %`}</td>
                <td>{row.strike ?? 'not known'}</td>
                <td>
                  {row.fate === 'counted' ? FATES.counted : <b>{FATES[row.fate]}</b>}
                  {row.why && <span class="soft"> {row.why}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
