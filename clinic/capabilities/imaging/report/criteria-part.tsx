import {
  type Criterion,
  type CriterionQuantity,
  GRADING_CRITERIA,
  GRADING_CRITERIA_VERSION,
  type GradingCriteria,
} from './grading-criteria.ts';
import { withError } from './numbers.ts';
import type { SignedContent } from './signed-content.ts';

type Values = SignedContent['measurements'];

/** By which measurements a criterion is answered: codes begin so. */
const CODES: Readonly<Record<CriterionQuantity, string>> = {
  gap: 'us.gap',
  retraction: 'us.retraction',
  length: 'us.distance',
  share: 'us.area',
};

/** The systems by which a muscle injury is graded, with what was measured beside each criterion. Nothing is chosen here. */
export function CriteriaPart({ measurements }: { measurements: Values }) {
  const isMeasured = measurements.some(({ code }) =>
    Object.values(CODES).some((one) => code.startsWith(one)),
  );
  return (
    <section class="card stack" aria-labelledby="criteria">
      <h2 id="criteria">Criteria for grading</h2>
      <p class="small soft">
        What was measured stands beside each criterion; the clinician grades. Version{' '}
        {GRADING_CRITERIA_VERSION}, needs sign-off by your clinician.
      </p>
      {GRADING_CRITERIA.map((criteria, index) => (
        <details key={criteria.system} open={isMeasured && index === 0}>
          <summary>
            {criteria.name} <span class="soft small">{criteria.citation}</span>
          </summary>
          {criteria.note && <p class="small">{criteria.note}</p>}
          <CriteriaTable criteria={criteria} measurements={measurements} />
        </details>
      ))}
    </section>
  );
}

function CriteriaTable({ criteria, measurements }: { criteria: GradingCriteria; measurements: Values }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard
    <section class="scroll" tabIndex={0} aria-label={`Criteria: ${criteria.name}`}>
      <table class="us-criteria">
        <caption class="vh">{criteria.name}</caption>
        <thead>
          <tr>
            <th scope="col">Grade</th>
            <th scope="col">Criterion</th>
            <th scope="col">Measured here</th>
          </tr>
        </thead>
        <tbody>
          {criteria.grades.map(({ grades, name, criteria: asked }) =>
            asked.map((criterion, index) => (
              <tr key={`${name}${criterion.words}`}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={asked.length}>
                    {grades.join(', ')} <span class="soft small">{name}</span>
                  </th>
                )}
                <td>{criterion.words}</td>
                <td class="small">{measuredFor(criterion, measurements)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  );
}

/** What was measured for a criterion, in words. */
export function measuredFor({ of }: Criterion, measurements: Values): string {
  if (of === null) return 'by eye';
  const found = measurements.filter(({ code }) => code.startsWith(CODES[of]));
  if (found.length === 0) return 'not measured';
  return found
    .map(({ label, value, standardError, unit }) => `${label} ${withError(value, standardError, unit)}`)
    .join('; ');
}
