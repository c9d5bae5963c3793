import type { PaymentMethod } from '../../../../platform/database/schema-of-payments.ts';
import { formatRate } from '../../papers/format.ts';
import { taxRows } from '../offers.ts';
import { amountsOf, momentOf, type OrderPageProps } from './page-of.ts';

const PAID: Readonly<Record<PaymentMethod, string>> = {
  stripe: 'Paid online',
  practice: 'Paid by practice card',
  cash: 'Paid in cash at the desk',
  card_terminal: 'Paid by card at the desk',
  bank_transfer: 'Paid by bank transfer',
};

/** What the order consists of, what was paid and given back, and its papers. */
export function Receipt(props: OrderPageProps) {
  const { view, clinic, path } = props;
  const { order, lines, papers } = view;
  const amount = amountsOf(props);
  const paid = view.payments.filter((one) => one.status === 'succeeded').toReversed();
  const [only] = paid;
  const open = paid.length === 0 && (view.state === 'awaiting' || view.state === 'failed');
  const inOne = paid.length === 1 && only?.amountMinor === order.totalMinor && order.refundedMinor === 0;
  return (
    <section class="stack receipt" aria-labelledby="receipt">
      <h2 id="receipt">{papers.length > 0 ? 'Receipt' : `Order ${order.number}`}</h2>
      <table>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              <th scope="row">{lineWords(props, line)}</th>
              <td class="n">{amount(line.amountMinor)}</td>
            </tr>
          ))}
          {taxRows(lines).map((tax) => (
            <tr key={`${tax.name} ${tax.rateBp}`}>
              <th scope="row">
                {tax.rateBp === 0 ? tax.name : `${tax.name} ${formatRate(tax.rateBp, clinic)}, contained`}
              </th>
              <td class="n">{amount(tax.taxMinor)}</td>
            </tr>
          ))}
          {!inOne && (
            <tr class="sum">
              <th scope="row">{open ? 'To pay' : 'Total'}</th>
              <td class="n">{amount(order.totalMinor)}</td>
            </tr>
          )}
          {open && order.dueMinor < order.totalMinor && (
            <tr>
              <th scope="row">Of this now, as a deposit</th>
              <td class="n">{amount(order.dueMinor)}</td>
            </tr>
          )}
          {paid.map((one) => (
            <tr key={one.id} class={inOne ? 'sum' : undefined}>
              <th scope="row">
                {PAID[one.method]}
                {one.settledAt !== null && `, ${momentOf(one.settledAt, clinic)}`}
              </th>
              <td class="n">{amount(one.amountMinor)}</td>
            </tr>
          ))}
          {order.refundedMinor > 0 && (
            <tr>
              <th scope="row">Given back</th>
              <td class="n">{amount(-order.refundedMinor)}</td>
            </tr>
          )}
          {paid.length > 0 && order.openMinor > 0 && (
            <tr class="sum">
              <th scope="row">Still to pay</th>
              <td class="n">{amount(order.openMinor)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {papers.length > 0 && (
        <p class="row">
          {papers.map((paper) => (
            <a key={paper.id} class="btn" href={`${path}/papers/${paper.id}.pdf`}>
              {paper.kind === 'receipt' ? 'Receipt' : 'Credit note'} {paper.number} (PDF)
            </a>
          ))}
        </p>
      )}
      <SmallPrint {...props} />
    </section>
  );
}

function SmallPrint({ view }: OrderPageProps) {
  const { order, product, papers, refundTerms } = view;
  const words = [
    papers.length > 0 && order.payer.email ? `Sent to ${order.payer.email}.` : '',
    product?.validMonths && papers.length > 0 ? `Valid for ${months(product.validMonths)}.` : '',
    refundTerms,
  ].filter(Boolean);
  return words.length > 0 ? <p class="tiny soft">{words.join(' ')}</p> : null;
}

/** "12 months", "one month" */
export function months(count: number): string {
  return count === 1 ? 'one month' : `${count} months`;
}

/** "Gait lab session, 75 min", "6 × Treatment, 30 min" */
export function lineWords(
  { services }: Pick<OrderPageProps, 'services'>,
  line: { readonly description: string; readonly quantity: number; readonly serviceId: string | null },
): string {
  const service = line.serviceId ? services(line.serviceId) : undefined;
  // An owner may have written the length into the name of the part already.
  const told = /\d ?min/.test(line.description);
  const what = service && !told ? `${line.description}, ${service.durationMin} min` : line.description;
  return line.quantity === 1 ? what : `${line.quantity} × ${what}`;
}
