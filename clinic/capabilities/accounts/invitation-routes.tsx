import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { readForm } from '../../platform/web/form.ts';
import { ErrorSummary, Field } from '../../platform/web/layout/index.ts';
import { sendPage } from '../../platform/web/server.ts';
import type { AccountsKit } from './accounts-kit.ts';
import { doorPage } from './door-page.tsx';
import { asMember, type KnownPerson, passwordIsRight, personById, replacePassword } from './identities.ts';
import { MIN_PASSWORD_LENGTH } from './identity.ts';
import { acceptInvitation, type OpenInvitation, openInvitation } from './members.ts';
import { newPassword } from './new-password.ts';
import { signInByPassword, waitInWords } from './sign-in.ts';
import { ROLE_NAMES } from './staff-member.ts';

/** What the invited person has to show: a new password, or the one that they have. */
type Proof = 'new_password' | 'own_password';

type Params = { Params: { token: string } };
type Errors = Readonly<Record<string, string>>;

const limited = { config: { rateLimit: { max: 20, timeWindow: 60_000 } } };
const newForm = z.object({ password: newPassword });
const ownForm = z.object({ password: z.string().min(1, 'Enter your password').max(1000) });

/** Where an invitation leads: opening it shows a form, sending the form accepts. */
export function invitationRoutes(app: FastifyInstance, kit: AccountsKit): void {
  app.get<Params>('/invitation/:token', limited, async (request, reply) => {
    const found = await find(kit, request, request.params.token);
    return found ? show(kit, request, reply, found, {}) : showGone(kit, request, reply);
  });
  app.post<Params>('/invitation/:token', limited, async (request, reply) => {
    const found = await find(kit, request, request.params.token);
    return found ? accept(kit, request, reply, found) : showGone(kit, request, reply);
  });
}

interface Found {
  readonly invitation: OpenInvitation;
  readonly person: KnownPerson;
  readonly proof: Proof;
}

async function find(kit: AccountsKit, request: FastifyRequest, token: string): Promise<Found | null> {
  const invitation = await openInvitation(request.context, token);
  const person = invitation && (await personById(kit.identity, invitation.userId));
  return person ? { invitation, person, proof: proofFor(invitation, person) } : null;
}

/**
 * An account may have been made by another clinic's owner, who then knows its first password. Only a link that
 * came through the person's own mailbox may replace a password, and only while nobody has proven that mailbox.
 */
function proofFor(invitation: OpenInvitation, person: KnownPerson): Proof {
  if (!person.hasPassword) return 'new_password';
  return invitation.provesEmail && !person.emailVerified ? 'new_password' : 'own_password';
}

async function accept(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply, found: Found) {
  const { invitation, person, proof } = found;
  const form = readForm(proof === 'new_password' ? newForm : ownForm, request.body);
  if (!form.ok) return show(kit, request, reply, found, form.errors);
  const { password } = form.value;
  if (proof === 'own_password') {
    const wrong = await checkOwn(kit, person, password);
    if (wrong) return show(kit, request, reply, found, { password: wrong });
  }
  const context = asMember(request.context, invitation.member);
  if (!(await inClinic(context, (clinic) => acceptInvitation(clinic, invitation)))) {
    return showGone(kit, request, reply);
  }
  if (proof === 'new_password') await replacePassword(kit, person, password);
  if (invitation.provesEmail && !person.emailVerified) {
    const { internalAdapter } = await kit.identity.$context;
    await internalAdapter.updateUser(person.id, { emailVerified: true });
  }
  const result = await signInByPassword(kit, request, reply, person.email, password);
  return reply.redirect(result.kind === 'second_factor' ? '/sign-in/two-factor' : '/desk', 303);
}

async function checkOwn(kit: AccountsKit, person: KnownPerson, password: string): Promise<string | null> {
  const wait = await kit.attempts.waitFor(person.email);
  if (wait > 0) return `Too many wrong passwords. Try again in ${waitInWords(wait)}`;
  if (await passwordIsRight(kit.identity, person.id, password)) return null;
  await kit.attempts.failed(person.email);
  return 'This is not the password of your account';
}

function show(
  kit: AccountsKit,
  request: FastifyRequest,
  reply: FastifyReply,
  { invitation, proof }: Found,
  errors: Errors,
) {
  const { member } = invitation;
  const isNew = proof === 'new_password';
  const markup = doorPage(
    kit.platform,
    request,
    'Your invitation',
    <div class="stack">
      <h1>Welcome, {member.name}</h1>
      <p>
        {request.clinic.name} invites you as <b>{ROLE_NAMES[member.role].toLowerCase()}</b>.{' '}
        {isNew
          ? 'Choose a password, and you are in.'
          : 'You have an account already: confirm with your own password.'}
      </p>
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <form method="post" class="stack" novalidate>
        <input type="email" name="username" value={member.email} autocomplete="username" hidden readonly />
        <p class="small soft">{member.email}</p>
        <Field
          name="password"
          label={isNew ? 'New password' : 'Your password'}
          hint={isNew ? `At least ${MIN_PASSWORD_LENGTH} characters; a few words are fine` : undefined}
          error={errors.password}
        >
          {(control) => (
            <input type="password" autocomplete={isNew ? 'new-password' : 'current-password'} {...control} />
          )}
        </Field>
        <div class="door-acts">
          <button type="submit" class="primary roomy">
            Accept and sign in
          </button>
        </div>
      </form>
    </div>,
  );
  return sendPage(reply, markup, { status: Object.keys(errors).length > 0 ? 422 : 200 });
}

function showGone(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const markup = doorPage(
    kit.platform,
    request,
    'Invitation',
    <div class="stack">
      <h1>This invitation no longer works</h1>
      <p>It was used before, replaced by a newer one, or it has run out. Ask the owner who invited you.</p>
      <p>
        <a class="btn primary roomy" href="/sign-in">
          Sign in
        </a>
      </p>
    </div>,
  );
  return sendPage(reply, markup, { status: 410 });
}
