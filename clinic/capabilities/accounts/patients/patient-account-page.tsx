import { dateAt } from '@rectus/schedule';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { Field, Notice } from '../../../platform/web/layout/index.ts';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import { MyTabs } from './my-tabs.tsx';
import type { Passkey } from './passkeys.ts';

export interface PatientAccountPageProps {
  readonly clinic: Clinic;
  readonly email: string;
  readonly passkeys: readonly Passkey[];
  /** What a browser needs to add a passkey; null where that cannot work, or where there are enough. */
  readonly passkeyOptions: string | null;
  readonly deviceName: string;
  readonly done?: string | undefined;
  readonly problem?: string | undefined;
}

/** How a patient signs in: passkeys, and the ways out. */
export function PatientAccountPage(props: PatientAccountPageProps) {
  const { clinic, email, passkeys, done, problem } = props;
  return (
    <div class="stack my">
      <MyTabs current="account" />
      <h1>Signing in</h1>
      <p class="soft">
        You are signed in as <b>{email}</b>. If the clinic should use another address, please tell the desk.
      </p>
      {done && (
        <Notice kind="good" title="Done" live>
          {done}
        </Notice>
      )}
      {problem && (
        <Notice kind="warn" title="Nothing was changed" live>
          {problem}
        </Notice>
      )}
      <section class="card stack" aria-labelledby="passkeys">
        <h2 id="passkeys">Passkeys</h2>
        <p>
          A passkey opens your page with the fingerprint, face or screen lock of a device. If you lose the
          device, remove it here; a link by e-mail always works too.
        </p>
        {passkeys.length > 0 ? (
          <ul class="my-passkeys">
            {passkeys.map((passkey) => (
              <PasskeyLine key={passkey.id} passkey={passkey} clinic={clinic} />
            ))}
          </ul>
        ) : (
          <p class="soft">You have none yet.</p>
        )}
        {props.passkeyOptions ? (
          <AddPasskey options={props.passkeyOptions} deviceName={props.deviceName} />
        ) : (
          <p class="small soft">No further passkey can be added here.</p>
        )}
      </section>
      <section class="card stack" aria-labelledby="out">
        <h2 id="out">Every device</h2>
        <p class="soft">A device stays signed in for 30 days, or until you sign out on it.</p>
        <form method="post" action="/my/account/sign-out-everywhere">
          <button type="submit">Sign out on every device</button>
        </form>
      </section>
    </div>
  );
}

function PasskeyLine({ passkey, clinic }: { passkey: Passkey; clinic: Clinic }) {
  const day = (instant: number) => shortDate(dateAt(instant, clinic.timeZone), clinic.locale, true);
  const used = passkey.lastUsedAt === null ? 'not used yet' : `last used ${day(passkey.lastUsedAt)}`;
  return (
    <li class="stack">
      <p>
        <b>{passkey.name}</b>
        <br />
        <span class="small soft">
          Added {day(passkey.createdAt)}, {used}
        </span>
      </p>
      <details>
        <summary>
          Change<span class="vh"> {passkey.name}</span>
        </summary>
        <form method="post" action="/my/account/passkeys/change" class="stack">
          <input type="hidden" name="id" value={passkey.id} />
          <Field name="name" id={`name-${passkey.id.slice(0, 12)}`} label="Name">
            {(control) => <input type="text" maxLength={60} value={passkey.name} {...control} />}
          </Field>
          <div class="row">
            <button type="submit" name="act" value="rename">
              Save the name
            </button>
            <button type="submit" name="act" value="remove">
              Remove this passkey
            </button>
          </div>
        </form>
      </details>
    </li>
  );
}

function AddPasskey({ options, deviceName }: { options: string; deviceName: string }) {
  return (
    <>
      <form
        method="post"
        action="/my/account/passkeys"
        class="stack"
        data-passkey="create"
        data-options={options}
        hidden
      >
        <input type="hidden" name="credential" />
        <Field name="name" label="A name for this device">
          {(control) => <input type="text" maxLength={60} value={deviceName} {...control} />}
        </Field>
        <div class="row">
          <button type="submit" class="primary">
            Add a passkey
          </button>
        </div>
        <p class="small soft" role="status" data-passkey-note />
      </form>
      <p class="small soft" data-passkey-missing>
        To add a passkey, open this page in a browser that has them, with scripts switched on.
      </p>
    </>
  );
}
