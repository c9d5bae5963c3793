import type { FastifyRequest } from 'fastify';
import { Field, Notice } from '../../platform/web/layout/index.ts';
import type { AccountsKit } from './accounts-kit.ts';
import { doorPage } from './door-page.tsx';
import type { DeskSession } from './sessions.ts';

/** Longer ones would not come back within the limit on the size of a form. */
export const MOST_KEPT = 60_000;

/** A form that arrived while the desk was locked, as it travels sealed through the lock page. */
export interface KeptForm {
  readonly sessionId: string;
  readonly at: number;
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

interface LockedProps {
  readonly name: string;
  readonly error?: string | undefined;
  /** The sealed form that waits, if one does. */
  readonly kept?: string | undefined;
}

/** Names the person, and nothing else: whoever passes by reads this screen. */
function Locked({ name, error, kept }: LockedProps) {
  return (
    <div class="stack">
      <h1>This desk is locked</h1>
      {kept ? (
        <Notice kind="warn" title="Not saved yet">
          What you sent arrived after the lock. It is kept: unlock, then you can send it again.
        </Notice>
      ) : (
        <p class="soft">
          Nobody was here for a while, or somebody pressed Lock. Unlock, and you are back where you were.
        </p>
      )}
      <form method="post" action="/desk/unlock" class="stack" novalidate>
        {kept && <input type="hidden" name="kept" value={kept} />}
        <p>
          Signed in as <b>{name}</b>
        </p>
        <Field name="password" label="Password" error={error}>
          {(control) => <input type="password" autocomplete="current-password" {...control} />}
        </Field>
        <div class="door-acts">
          <button type="submit" class="primary roomy">
            Unlock
          </button>
          <button type="submit" class="roomy" formaction="/sign-out">
            Sign out
          </button>
        </div>
        <p class="small soft">
          Somebody else, or no password? Sign out, and sign in with your own name or with a link.
        </p>
      </form>
    </div>
  );
}

export function lockedPage(kit: AccountsKit, request: FastifyRequest, props: LockedProps): string {
  return doorPage(kit.platform, request, 'Locked', <Locked {...props} />);
}

/** The lock page in answer to a form: it keeps the form, readable to the server alone, until somebody unlocks. */
export function lockedFormPage(kit: AccountsKit, request: FastifyRequest, session: DeskSession): string {
  const form: KeptForm = {
    sessionId: session.id,
    at: kit.platform.clock.now(),
    action: request.url,
    fields: fieldsOf(request.body),
  };
  const kept = kit.keptForms.seal(form);
  const fits = kept.length <= MOST_KEPT;
  return lockedPage(kit, request, { name: session.member.name, kept: fits ? kept : undefined });
}

/** After unlocking: the kept form, ready to be sent as it was. */
export function keptFormPage(kit: AccountsKit, request: FastifyRequest, form: KeptForm): string {
  return doorPage(
    kit.platform,
    request,
    'Send it again',
    <div class="stack">
      <h1>Welcome back</h1>
      <p>What you sent is not saved yet. Send it now as you typed it, or leave it and go to the day.</p>
      <form method="post" action={form.action}>
        {form.fields.map(([name, value], index) => (
          <input key={`${index} ${name}`} type="hidden" name={name} value={value} />
        ))}
        <div class="door-acts">
          <button type="submit" class="primary roomy">
            Send it now
          </button>
          <a class="btn roomy" href="/desk">
            Leave it
          </a>
        </div>
      </form>
    </div>,
  );
}

function fieldsOf(body: unknown): KeptForm['fields'] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, String(one ?? '')] as const),
  );
}
