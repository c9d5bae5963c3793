import { ErrorSummary } from '../../../platform/web/layout/index.ts';
import type { PartProps } from './order-page-props.ts';
import type { LineOfOrder } from './read-order-page.ts';

/** What was sold, line by line, and the codes that the clinic typed for it. */
export function OrderLines(props: PartProps) {
  const { shown, figures } = props;
  const taxMinor = shown.lines.reduce((sum, line) => sum + line.taxMinor, 0);
  return (
    <section class="card stack" aria-labelledby="lines">
      <h2 id="lines">What it is for</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col" class="n">
                Each
              </th>
              <th scope="col" class="n">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.lines.map((line) => (
              <tr key={line.id}>
                <th scope="row">
                  {line.quantity > 1 && `${line.quantity} × `}
                  {line.description}
                  <small class="line soft">{aboutLine(line)}</small>
                </th>
                <td class="n">{figures.exact(line.unitMinor)}</td>
                <td class="n">{figures.exact(line.amountMinor)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                Total{taxMinor > 0 && <small class="soft"> with {figures.exact(taxMinor)} tax</small>}
              </th>
              <td />
              <td class="n">
                <b>{figures.exact(shown.order.totalMinor)}</b>
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
      <CodesForm {...props} />
    </section>
  );
}

function aboutLine(line: LineOfOrder): string {
  return [
    line.taxName && line.taxMinor > 0 ? line.taxName : null,
    line.procedureCode && `procedure ${line.procedureCode}`,
    line.diagnosisCode && `diagnosis ${line.diagnosisCode}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Codes stand on the statement only where somebody typed them. */
function CodesForm({ shown, refused }: PartProps) {
  const mine = refused?.form === 'codes' ? refused : undefined;
  const errors = Object.entries(mine?.errors ?? {});
  const typedOr = (name: string, known: string | null) => mine?.values[name] ?? known ?? '';
  return (
    <details open={mine !== undefined}>
      <summary>Procedure and diagnosis codes</summary>
      <form method="post" action={`/desk/orders/${shown.order.id}/codes`} class="stack" novalidate>
        <ErrorSummary errors={errors.map(([field, message]) => ({ field, message, id: field }))} />
        <p class="tiny soft">
          They stand on the statement as you type them here, and nowhere else. Leave out what you do not use.
        </p>
        {shown.lines.map((line) => (
          <fieldset key={line.id}>
            <legend>{line.description}</legend>
            <div class="row">
              {(
                [
                  [`procedure-${line.id}`, 'Procedure', line.procedureCode],
                  [`diagnosis-${line.id}`, 'Diagnosis', line.diagnosisCode],
                ] as const
              ).map(([name, label, known]) => (
                <label class="field" key={name}>
                  {label}
                  <input
                    id={name}
                    name={name}
                    maxLength={20}
                    autocomplete="off"
                    autocapitalize="characters"
                    value={typedOr(name, known)}
                    aria-invalid={mine?.errors[name] ? 'true' : undefined}
                  />
                  {mine?.errors[name] && <small class="error">{mine.errors[name]}</small>}
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        <button type="submit">Save codes</button>
      </form>
    </details>
  );
}
