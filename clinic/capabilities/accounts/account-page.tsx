import { ErrorSummary, Field, Notice } from '../../platform/web/layout/index.ts';
import { MIN_PASSWORD_LENGTH } from './identity.ts';
import { QrCode } from './qr-code.tsx';
import { ROLE_NAMES, type StaffMember } from './staff-member.ts';

export interface AccountPageProps {
  readonly staff: StaffMember;
  readonly hasPassword: boolean;
  readonly secondFactor: boolean;
  /** What has just been done, in words. */
  readonly done?: string | undefined;
  readonly errors?: Readonly<Record<string, string>>;
}

/** A person's own account: password and second factor. */
export function AccountPage({ staff, hasPassword, secondFactor, done, errors = {} }: AccountPageProps) {
  return (
    <div class="stack narrow-form">
      <h1>Your account</h1>
      <p class="soft">
        {staff.name}, {staff.email}, {ROLE_NAMES[staff.role].toLowerCase()}
      </p>
      {done && (
        <Notice kind="good" title="Done" live>
          {done}
        </Notice>
      )}
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <PasswordForm hasPassword={hasPassword} email={staff.email} errors={errors} />
      {hasPassword ? (
        <SecondFactorForm on={secondFactor} errors={errors} />
      ) : (
        <p class="soft">A second factor can be added once there is a password.</p>
      )}
    </div>
  );
}

function PasswordForm(props: {
  hasPassword: boolean;
  email: string;
  errors: Readonly<Record<string, string>>;
}) {
  const { hasPassword, email, errors } = props;
  return (
    <section class="card stack" aria-labelledby="password-title">
      <h2 id="password-title">{hasPassword ? 'Change your password' : 'Set a password'}</h2>
      <form method="post" action="/desk/account/password" class="stack" novalidate>
        <input type="email" name="username" value={email} autocomplete="username" hidden readonly />
        {hasPassword && (
          <Field name="current" label="Password now" error={errors.current}>
            {(control) => <input type="password" autocomplete="current-password" {...control} />}
          </Field>
        )}
        <Field
          name="password"
          label="New password"
          hint={`At least ${MIN_PASSWORD_LENGTH} characters; a few words are fine`}
          error={errors.password}
        >
          {(control) => <input type="password" autocomplete="new-password" {...control} />}
        </Field>
        <button type="submit" class="primary">
          {hasPassword ? 'Change the password' : 'Set the password'}
        </button>
        {hasPassword && <p class="small soft">You stay signed in here; every other browser is signed out.</p>}
      </form>
    </section>
  );
}

function SecondFactorForm({ on, errors }: { on: boolean; errors: Readonly<Record<string, string>> }) {
  return (
    <section class="card stack" aria-labelledby="factor-title">
      <h2 id="factor-title">Second factor</h2>
      <p>
        {on
          ? 'On. Signing in asks for a code from your authenticator app.'
          : 'Off. With it, a password alone no longer opens your account: signing in also asks for a code from an authenticator app on your phone.'}
      </p>
      <form
        method="post"
        action={on ? '/desk/account/factor/off' : '/desk/account/factor'}
        class="stack"
        novalidate
      >
        <Field id="factor-password" name="factor" label="Your password" error={errors.factor}>
          {(control) => <input type="password" autocomplete="current-password" {...control} />}
        </Field>
        <div class="row">
          {on ? (
            <>
              <button type="submit">Turn it off</button>
              <button type="submit" formaction="/desk/account/factor/codes">
                New backup codes
              </button>
            </>
          ) : (
            <button type="submit" class="primary">
              Set it up
            </button>
          )}
        </div>
      </form>
    </section>
  );
}

/** The key to scan or to type, and the first code that proves that it arrived. */
export function SetupPage(props: { totpUri: string; sealed: string; error?: string | undefined }) {
  const { totpUri, sealed, error } = props;
  const key = new URL(totpUri).searchParams.get('secret') ?? '';
  return (
    <div class="stack narrow-form">
      <h1>Set up the second factor</h1>
      <ol class="stack numbered">
        <li class="stack">
          <p>Scan this picture with an authenticator app on your phone, or type the key into it.</p>
          <figure class="qr">
            <QrCode text={totpUri} label="QR code with the key below" />
            <figcaption>
              Key: <code>{key.replace(/(.{4})(?=.)/g, '$1 ')}</code>
            </figcaption>
          </figure>
        </li>
        <li>
          <form method="post" action="/desk/account/factor/confirm" class="stack" novalidate>
            <input type="hidden" name="setup" value={sealed} />
            <Field name="code" label="The six digits that the app shows now" error={error}>
              {(control) => (
                <input type="text" inputmode="numeric" autocomplete="one-time-code" {...control} />
              )}
            </Field>
            <div class="row">
              <button type="submit" class="primary">
                Turn it on
              </button>
              <a class="btn" href="/desk/account">
                Not now
              </a>
            </div>
          </form>
        </li>
      </ol>
    </div>
  );
}

/** Shown once; the server keeps them encrypted. */
export function BackupCodesPage({ codes }: { codes: readonly string[] }) {
  return (
    <div class="stack narrow-form">
      <h1>Your backup codes</h1>
      <Notice kind="good" title="The second factor is on" live>
        Print these codes or write them down. Each replaces the app once, for the day the phone is gone.
      </Notice>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p class="soft">They are not shown again. Codes from before no longer work.</p>
      <p>
        <a class="btn primary" href="/desk/account">
          I have kept them
        </a>
      </p>
    </div>
  );
}
