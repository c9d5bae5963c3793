import type { MethodLine } from './method-lines.ts';

/** How the numbers came about, folded: an auditor opens it, and whoever doubts a curve. */
export function MethodPart({ method }: { method: readonly MethodLine[] }) {
  return (
    <details class="card method">
      <summary>
        <b>How this was measured and computed</b>
      </summary>
      <dl class="small">
        {method.map(({ term, lines }) => (
          <div key={term}>
            <dt>{term}</dt>
            {lines.map((line) => (
              <dd key={line}>{line}</dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  );
}
