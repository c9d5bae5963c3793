import type { FormValues } from '../../platform/web/form.ts';
import { ErrorSummary, Field, Notice } from '../../platform/web/layout/index.ts';

export interface SignInPageProps {
  readonly next: string;
  readonly values?: FormValues;
  readonly errors?: Readonly<Record<string, string>>;
}

const summary = (errors: Readonly<Record<string, string>>) =>
  Object.entries(errors).map(([field, message]) => ({ field, message }));

/** Two ways in, on one page: a password, or a link by mail. */
export function SignInPage({ next, values = {}, errors = {} }: SignInPageProps) {
  return (
    <div class="stack">
      <h1>Sign in</h1>
      <p class="soft">
        For the people who work here. Your visits and receipts are on <a href="/my">your own page</a>.
      </p>
      <ErrorSummary errors={summary(errors)} />
      <form method="post" action="/sign-in" class="stack" novalidate>
        <input type="hidden" name="next" value={next} />
        <Field name="email" label="Your e-mail address" error={errors.email}>
          {(control) => (
            <input type="email" autocomplete="username" value={values.email ?? ''} {...control} />
          )}
        </Field>
        <Field name="password" label="Password" error={errors.password}>
          {(control) => <input type="password" autocomplete="current-password" {...control} />}
        </Field>
        <div class="door-acts">
          <button type="submit" class="primary roomy">
            Sign in
          </button>
          <button type="submit" class="roomy" formaction="/sign-in/send-link">
            Send me a link instead
          </button>
        </div>
        <p class="small soft">
          The link comes by e-mail and signs you in once, without a password. Enter just your address for it.
        </p>
      </form>
    </div>
  );
}

/** What we say whether or not anybody has the address. */
export function LinkSentPage({ email }: { email: string }) {
  return (
    <div class="stack">
      <h1>Look at your mail</h1>
      <p>
        If <b>{email}</b> belongs to somebody who works here, a link is on its way. It works once, for 15
        minutes.
      </p>
      <p class="soft">Nothing there? Look among the unwanted mail, or ask an owner of the clinic.</p>
      <p>
        <a class="btn" href="/sign-in">
          Back to signing in
        </a>
      </p>
    </div>
  );
}

/** Where the mailed link leads. Opening it does nothing, because mail scanners open links. */
export function LinkPage({ token, next }: { token: string; next: string }) {
  return (
    <div class="stack">
      <h1>One more press</h1>
      <p>Your link is here. Press the button to sign in.</p>
      <form method="post" action="/sign-in/link">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="next" value={next} />
        <div class="door-acts">
          <button type="submit" class="primary roomy">
            Sign in
          </button>
        </div>
      </form>
    </div>
  );
}

export function LinkGonePage() {
  return (
    <div class="stack">
      <h1>This link no longer works</h1>
      <p>It was used before, or it is older than 15 minutes. Ask for a new one; it takes a moment.</p>
      <p>
        <a class="btn primary roomy" href="/sign-in">
          Get a new link
        </a>
      </p>
    </div>
  );
}

/** The second factor: the app's six digits, or a backup code, in one field. */
export function SecondFactorPage({ next, error }: { next: string; error?: string | undefined }) {
  return (
    <div class="stack">
      <h1>Your second factor</h1>
      {error && (
        <Notice kind="danger" title="That did not work" live>
          {error}
        </Notice>
      )}
      <form method="post" action="/sign-in/two-factor" class="stack" novalidate>
        <input type="hidden" name="next" value={next} />
        <Field
          name="code"
          label="Code"
          hint="Six digits from your authenticator app, or one of your backup codes"
          error={error ? 'Enter a fresh code' : undefined}
        >
          {(control) => (
            <input
              type="text"
              autocomplete="one-time-code"
              autocapitalize="off"
              spellcheck={false}
              {...control}
            />
          )}
        </Field>
        <div class="door-acts">
          <button type="submit" class="primary roomy">
            Sign in
          </button>
          <a class="btn roomy" href="/sign-in">
            Start again
          </a>
        </div>
      </form>
    </div>
  );
}
