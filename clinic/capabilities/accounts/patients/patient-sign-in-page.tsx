import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormValues } from '../../../platform/web/form.ts';
import { ErrorSummary, Field, Notice } from '../../../platform/web/layout/index.ts';
import { LINK_MINUTES } from '../identity.ts';

export interface PatientSignInPageProps {
  readonly clinic: Clinic;
  readonly next: string;
  /** False where no mail leaves the clinic, so that nobody waits for one. */
  readonly mailWorks: boolean;
  /** What a browser needs to use a passkey; null where passkeys cannot work. */
  readonly passkeyOptions: string | null;
  readonly values?: FormValues;
  readonly errors?: Readonly<Record<string, string>>;
  /** Why a passkey did not open the page. */
  readonly refused?: string;
}

/** Two ways in for patients: a link by mail, or a passkey. The passkey shows only where the browser has them. */
export function PatientSignInPage(props: PatientSignInPageProps) {
  const { clinic, next, values = {}, errors = {}, refused } = props;
  return (
    <div class="stack">
      <h1>My page</h1>
      <p class="soft">Your visits, what you have bought, and your receipts. There is no password.</p>
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      {refused && (
        <Notice kind="warn" title="The passkey did not work" live>
          {refused}.
        </Notice>
      )}
      {!props.mailWorks && (
        <Notice kind="warn" title="No link can reach you at the moment">
          This clinic has not set up its mail yet.{' '}
          {clinic.phone ? `Please call ${clinic.phone}.` : 'Please call the clinic.'}
        </Notice>
      )}
      <form method="post" action="/my/sign-in" class="stack" novalidate>
        <input type="hidden" name="next" value={next} />
        <Field
          name="email"
          label="Your e-mail address"
          hint="The one that you gave the clinic"
          error={errors.email}
        >
          {(control) => (
            <input type="email" autocomplete="username webauthn" value={values.email ?? ''} {...control} />
          )}
        </Field>
        <div class="door-acts">
          <button type="submit" class="primary roomy">
            Send me a link
          </button>
        </div>
      </form>
      {clinic.demo && (
        <p class="small soft">
          In this demo clinic, try the address of any simulated person from the desk, or of a visit that you
          booked.
        </p>
      )}
      {props.passkeyOptions && <PasskeySignIn options={props.passkeyOptions} next={next} />}
      <p class="small soft">
        You work here? <a href="/sign-in">Sign in to the desk</a>
      </p>
    </div>
  );
}

function PasskeySignIn({ options, next }: { options: string; next: string }) {
  return (
    <form
      method="post"
      action="/my/sign-in/passkey"
      class="stack"
      data-passkey="get"
      data-options={options}
      hidden
    >
      <input type="hidden" name="next" value={next} />
      <input type="hidden" name="credential" />
      <div class="door-acts">
        <button type="submit" class="roomy">
          Use a passkey
        </button>
      </div>
      <p class="small soft" role="status" data-passkey-note>
        Unlock with your fingerprint, face or screen lock, if you added this device to your page.
      </p>
    </form>
  );
}

/** The same whether or not the clinic knows the address; only a demo clinic adds the link itself. */
export function PatientLinkSentPage({ email, demoLink }: { email: string; demoLink: string | null }) {
  return (
    <div class="stack">
      <h1>Look at your mail</h1>
      <p>
        If the clinic knows <b>{email}</b>, a link is on its way. It works once, for {LINK_MINUTES} minutes.
      </p>
      {demoLink && (
        <Notice title="Demo clinic: no mail leaves this machine">
          <p>
            <a href={demoLink}>Open the link here</a>
          </p>
        </Notice>
      )}
      <p class="soft">
        Nothing there? Look among the unwanted mail, and whether it is the address that you gave the clinic.
      </p>
      <p>
        <a class="btn" href="/my/sign-in">
          Try another address
        </a>
      </p>
    </div>
  );
}

/** Where the mailed link leads. Opening it does nothing, because mail scanners open links. */
export function PatientLinkPage({ token, next }: { token: string; next: string }) {
  return (
    <div class="stack">
      <h1>One more press</h1>
      <p>Your link is here. Press the button to open your page; this device then stays signed in.</p>
      <form method="post" action="/my/sign-in/link">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="next" value={next} />
        <div class="door-acts">
          <button type="submit" class="primary roomy">
            Open my page
          </button>
        </div>
      </form>
      <p class="small soft">On a device that others use, sign out when you are done.</p>
    </div>
  );
}

export function PatientLinkGonePage() {
  return (
    <div class="stack">
      <h1>This link no longer works</h1>
      <p>It was used before, or it is older than {LINK_MINUTES} minutes. A new one takes a moment.</p>
      <p>
        <a class="btn primary roomy" href="/my/sign-in">
          Get a new link
        </a>
      </p>
    </div>
  );
}
