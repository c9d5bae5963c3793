import type { CaseNumber } from './case-content.ts';

/** A number as people write it: as many digits as it is sure of, one decimal at most for lengths. */
export function written(value: number, unit: string, locale: string): string {
  const digits = unit === '1' ? 2 : unit === '%' || unit === 'mm2' ? 0 : 1;
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

const UNITS: Readonly<Record<string, string>> = { mm2: 'mm²', mL: 'ml', deg: '°', '%': '%', '1': '' };

export function unitWords(unit: string): string {
  return UNITS[unit] ?? unit;
}

/** "24.8 ± 0.9 mm", which never breaks over two lines. */
export function withError(value: number, error: number | null, unit: string, locale: string): string {
  const told = error === null ? '' : `\u00a0±\u00a0${written(error, unit, locale)}`;
  return `${written(value, unit, locale)}${told}\u00a0${unitWords(unit)}`.trim();
}

/** What was measured, each number with its error and what change could be told apart. */
export function CaseNumbers({ numbers, locale }: { numbers: readonly CaseNumber[]; locale: string }) {
  if (numbers.length === 0) return null;
  const citations = [...new Set(numbers.flatMap(({ citation }) => (citation === null ? [] : [citation])))];
  return (
    <section class="stack" aria-labelledby="measured">
      <h2 id="measured">What was measured</h2>
      <table class="case-numbers">
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col" class="n">
              Value ± error
            </th>
          </tr>
        </thead>
        <tbody>
          {numbers.map((number) => (
            <tr key={`${number.code} ${number.bodySite} ${number.side}`}>
              <th scope="row">
                {number.label}
                {number.minimalDetectableChange !== null && (
                  <span class="tiny soft below">
                    smallest change beyond error{' '}
                    {withError(number.minimalDetectableChange, null, number.unit, locale)}
                  </span>
                )}
              </th>
              <td class="n">{withError(number.value, number.standardError, number.unit, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="tiny soft">
        From the signed report. The error is one standard error, of following the tissue and of the scale.
        {citations.length > 0 && ` Smallest change: ${citations.join('; ')}.`}
      </p>
    </section>
  );
}
