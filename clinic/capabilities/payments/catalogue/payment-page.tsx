import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { ErrorSummary, Field, Notice } from '../../../platform/web/layout/index.ts';
import { PostButton, SETTINGS, SettingsForm, TextArea, TextField } from '../../settings/index.ts';
import type { KeysView } from './payment-settings.ts';

const HERE = SETTINGS.payments;

export interface PaymentSettingsProps {
  readonly clinic: Clinic;
  readonly keys: KeysView;
  readonly webhookUrl: string;
  readonly keyForm: FormErrors;
  readonly paperForm: FormErrors;
  /** What Stripe said when it was just asked; `wrong` is null when it took the key. */
  readonly tried: { readonly wrong: string | null } | null;
}

/** The keys of Stripe, which can be entered and never read, and the words on receipts. */
export function PaymentSettingsPage(props: PaymentSettingsProps) {
  const { clinic, keys, tried } = props;
  return (
    <>
      <section class="payment-keys stack" aria-labelledby="stripe">
        <h2 id="stripe">Stripe</h2>
        <Standing keys={keys} clinic={clinic} />
        {tried && (
          <Notice
            kind={tried.wrong === null ? 'good' : 'danger'}
            title={tried.wrong === null ? 'Stripe takes the key' : 'Stripe does not take the key'}
            live
          >
            {tried.wrong !== null && <p>{tried.wrong}</p>}
          </Notice>
        )}
        {keys.keyHint && (
          <div class="row">
            <PostButton action={`${HERE}/test`} label="Ask Stripe whether the key works" />
            <PostButton action={`${HERE}/forget`} label="Forget the keys" kind="quiet" />
          </div>
        )}
        <KeysForm {...props} />
        <WebhookHelp url={props.webhookUrl} />
      </section>
      <PaperForm form={props.paperForm} />
    </>
  );
}

function Standing({ keys, clinic }: { keys: KeysView; clinic: Clinic }) {
  if (!keys.keyHint)
    return (
      <p>
        {clinic.demo
          ? 'No key is entered, so this demo clinic uses the practice checkout, in which no money moves.'
          : 'No key is entered, so money is taken at the desk alone.'}
      </p>
    );
  if (!keys.opens)
    return (
      <Notice kind="danger" title="The keys cannot be opened">
        <p>They were kept under another secret of this installation. Enter them again.</p>
      </Notice>
    );
  const [mode, end] = keys.keyHint.split(' ');
  return (
    <p>
      The secret key ends in <b>{end}</b>.{' '}
      {mode === 'test' ? 'It is a test key: no real money moves.' : 'It is a live key: real money moves.'}{' '}
      {keys.hasWebhookSecret
        ? 'The signing secret is kept too.'
        : 'The signing secret is missing: Stripe’s notices are refused, and payments settle only when Stripe is asked.'}
    </p>
  );
}

function KeysForm({ keys, keyForm: { errors } }: PaymentSettingsProps) {
  const fields = [
    {
      name: 'stripeKey',
      label: 'Secret key',
      hint: 'From Stripe’s dashboard, Developers, API keys. A restricted key needs to write Checkout Sessions and refunds and to read payments.',
      has: keys.keyHint !== null,
    },
    {
      name: 'webhookSecret',
      label: 'Signing secret of the webhook',
      hint: 'Stripe shows it when the address below has been added.',
      has: keys.hasWebhookSecret,
    },
  ];
  return (
    <form method="post" action={`${HERE}/keys`} class="settings" novalidate>
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      {fields.map(({ name, label, hint, has }) => (
        <Field
          key={name}
          name={name}
          label={label}
          hint={`${hint}${has ? ' Leave it empty to keep the one there is.' : ''}`}
          error={errors[name]}
        >
          {(control) => (
            <input
              type="password"
              autocomplete="new-password"
              spellcheck={false}
              maxLength={255}
              {...control}
            />
          )}
        </Field>
      ))}
      <p class="row">
        <button type="submit" class="primary">
          Keep these keys
        </button>
      </p>
    </form>
  );
}

function WebhookHelp({ url }: { url: string }) {
  return (
    <details>
      <summary>The webhook to add at Stripe</summary>
      <div class="stack small">
        <p>
          In Stripe’s dashboard, Developers, Webhooks, add this address. It must be reachable from the
          internet by HTTPS.
        </p>
        <p>
          <code>{url}</code>
        </p>
        <p>
          Choose all events whose names begin with <code>checkout.session.</code>, <code>charge.</code>,{' '}
          <code>refund.</code> and <code>payout.</code>.
        </p>
      </div>
    </details>
  );
}

function PaperForm({ form }: { form: FormErrors }) {
  return (
    <section class="retire" aria-labelledby="papers">
      <h2 id="papers">On receipts and statements</h2>
      <p class="small soft">Papers that were issued keep what they say.</p>
      <SettingsForm action={`${HERE}/papers`} form={form} submit="Save" back={HERE}>
        <TextField form={form} name="legalName" label="Legal name" optional max={200} />
        <TextArea form={form} name="address" label="Address" optional max={500} />
        <TextField form={form} name="taxNumber" label="Tax number" optional max={60} />
        <TextArea form={form} name="bankDetails" label="Bank details" optional rows={2} max={300} />
        <TextArea
          form={form}
          name="paperNote"
          label="A note below the sum"
          hint="Such as why there is no tax."
          optional
          max={500}
        />
        <TextArea form={form} name="refundTerms" label="When money is given back" optional max={500} />
      </SettingsForm>
    </section>
  );
}
