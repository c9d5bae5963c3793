import { ErrorSummary, Field } from '../../../platform/web/layout/index.ts';
import type { PartProps } from './order-page-props.ts';

/** Two ways to let the payer pay on a screen of their own: a mail, and a code to point a camera at. */
export function PayLinkPart({ shown, online }: PartProps) {
  const { order } = shown;
  return (
    <section class="card stack" aria-labelledby="pay-link">
      <h2 id="pay-link">Pay link</h2>
      {online ? (
        <>
          <p class="small">
            The payer pays on their own telephone or computer. What is taken there appears here by itself.
          </p>
          <div class="row">
            {order.payer.email ? (
              <form method="post" action={`/desk/orders/${order.id}/link`}>
                <button type="submit">Send to {order.payer.email}</button>
              </form>
            ) : (
              <p class="small soft">
                There is no e-mail address to send it to. Enter one under “Change the payer”.
              </p>
            )}
            <a class="btn" href={`/desk/orders/${order.id}/pay-link`}>
              Show or print as a code
            </a>
          </div>
        </>
      ) : (
        <p class="small soft">
          This clinic takes no payments online. The owner can change that in the settings.
        </p>
      )}
    </section>
  );
}

/** Calls off an order that nothing was paid for. */
export function CancelOrderForm({ shown, refused }: PartProps) {
  const mine = refused?.form === 'cancel' ? refused : undefined;
  return (
    <details class="card" open={mine !== undefined}>
      <summary>Cancel this order</summary>
      <form method="post" action={`/desk/orders/${shown.order.id}/cancel`} class="stack" novalidate>
        <Field name="cancel-reason" label="Reason, for the clinic" error={mine?.errors['cancel-reason']}>
          {(control) => (
            <input
              {...control}
              maxLength={200}
              autocomplete="off"
              value={mine?.values['cancel-reason'] ?? ''}
            />
          )}
        </Field>
        <button type="submit">Cancel the order</button>
        <p class="tiny soft">Nothing has been paid, so no money moves. The visit stays as it is.</p>
      </form>
    </details>
  );
}

/** Who pays may be somebody else than the patient, and may become known later. */
export function PayerForm({ shown, refused }: PartProps) {
  const { order } = shown;
  const mine = refused?.form === 'payer' ? refused : undefined;
  const values = mine?.values ?? {
    'payer-name': order.payer.name,
    'payer-email': order.payer.email ?? '',
    'payer-address': order.payer.address,
  };
  const errors = mine?.errors ?? {};
  return (
    <details open={mine !== undefined}>
      <summary>Change the payer</summary>
      <form method="post" action={`/desk/orders/${order.id}/payer`} class="stack" novalidate>
        <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
        <Field name="payer-name" label="Name" error={errors['payer-name']}>
          {(control) => (
            <input {...control} maxLength={200} autocomplete="off" value={values['payer-name'] ?? ''} />
          )}
        </Field>
        <Field name="payer-email" label="E-mail" error={errors['payer-email']} optional>
          {(control) => (
            <input {...control} type="email" autocomplete="off" value={values['payer-email'] ?? ''} />
          )}
        </Field>
        <Field name="payer-address" label="Address, for the receipt" error={errors['payer-address']} optional>
          {(control) => (
            <textarea {...control} rows={3} maxLength={500}>
              {values['payer-address'] ?? ''}
            </textarea>
          )}
        </Field>
        <button type="submit">Save the payer</button>
        <p class="tiny soft">
          Receipts that were issued keep what they say; the next ones name the new payer.
        </p>
      </form>
    </details>
  );
}
