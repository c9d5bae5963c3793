import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { formValues, readForm } from '../../../platform/web/form.ts';
import { sendPage } from '../../../platform/web/server.ts';
import { doorPage } from '../door-page.tsx';
import { ensurePerson, personById } from '../identities.ts';
import { waitInWords } from '../sign-in.ts';
import { nameAt } from './known-address.ts';
import { myPath } from './my-path.ts';
import { answered, claimedPasskey, placeOf, signInOptions } from './passkey-ceremonies.ts';
import { identityAddress, patientAddress } from './patient-address.ts';
import type { PatientKit } from './patient-kit.ts';
import { queuePatientLink } from './patient-mails.ts';
import { PATIENT_SESSION_DAYS } from './patient-sessions.ts';
import {
  PatientLinkGonePage,
  PatientLinkPage,
  PatientLinkSentPage,
  PatientSignInPage,
  type PatientSignInPageProps,
} from './patient-sign-in-page.tsx';

const ISLAND = 'capabilities/accounts/islands/passkeys';
/** Both answers to a request for a link take this long, so that the time tells nothing. */
const LINK_ANSWER_MS = 400;
/** Whoever signs in is not known before. */
const ANYBODY = 'sign in';
const limit = (max: number) => ({ config: { rateLimit: { max, timeWindow: 60_000 } } });

const emailForm = z.object({
  email: z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.email('Enter your e-mail address, like name@example.org').max(200)),
});

/** The patients' ways in and out: a mailed link, or a passkey. There is no password to forget. */
export function patientSignInRoutes(app: FastifyInstance, kit: PatientKit): void {
  app.get('/my/sign-in', async (request, reply) => {
    const next = myPath(formValues(request.query).next);
    return request.portal ? reply.redirect(next, 303) : showSignIn(kit, request, reply, { next });
  });
  app.post('/my/sign-in', limit(10), (request, reply) => postEmail(kit, request, reply));
  app.get('/my/sign-in/link', (request, reply) => {
    const { token, next } = formValues(request.query);
    return token
      ? send(kit, request, reply, 'Sign in', <PatientLinkPage token={token} next={myPath(next)} />)
      : gone(kit, request, reply);
  });
  app.post('/my/sign-in/link', limit(20), (request, reply) => postLink(kit, request, reply));
  app.post('/my/sign-in/passkey', limit(20), (request, reply) => postPasskey(kit, request, reply));
  app.post('/my/sign-out', async (request, reply) => {
    const cookie = request.cookies[kit.cookie];
    if (cookie) await kit.sessions.end(request.clinic, cookie);
    if (request.portal) await note(request, request.portal.userId, 'portal.signed_out');
    forgetPatient(kit, reply);
    return reply.redirect('/my/sign-in', 303);
  });
}

async function showSignIn(
  kit: PatientKit,
  request: FastifyRequest,
  reply: FastifyReply,
  props: Omit<PatientSignInPageProps, 'clinic' | 'mailWorks' | 'passkeyOptions'>,
  status = 200,
) {
  const place = placeOf(request, kit.platform.config.publicUrl);
  const passkeyOptions =
    place && (await signInOptions(place, kit.challenges.signIn.give(request, reply, ANYBODY)));
  const body = (
    <PatientSignInPage
      {...props}
      clinic={request.clinic}
      mailWorks={request.clinic.demo || kit.platform.config.smtpUrl !== null}
      passkeyOptions={passkeyOptions}
    />
  );
  return send(kit, request, reply, 'My page', body, { status, islands: passkeyOptions ? [ISLAND] : [] });
}

async function postEmail(kit: PatientKit, request: FastifyRequest, reply: FastifyReply) {
  const form = readForm(emailForm, request.body);
  const next = myPath(form.values.next);
  if (!form.ok)
    return showSignIn(kit, request, reply, { next, values: form.values, errors: form.errors }, 422);
  const { email } = form.value;
  const wait = await kit.attempts.waitFor(attemptsOf(request, email));
  if (wait > 0) {
    const message = `Several links were asked for already. Use the newest one, or try again in ${waitInWords(wait)}`;
    return showSignIn(kit, request, reply, { next, values: form.values, errors: { email: message } }, 429);
  }
  const [demoLink] = await Promise.all([
    sendLink(kit, request, email, next),
    kit.attempts.failed(attemptsOf(request, email)),
    new Promise((resolve) => setTimeout(resolve, LINK_ANSWER_MS)),
  ]);
  return send(
    kit,
    request,
    reply,
    'Look at your mail',
    <PatientLinkSentPage email={email} demoLink={demoLink} />,
  );
}

/** Mails a link if the clinic knows the address. Returns the link itself in a demo clinic, where no mail leaves. */
async function sendLink(
  kit: PatientKit,
  request: FastifyRequest,
  email: string,
  next: string,
): Promise<string | null> {
  const { clinic, context } = request;
  const name = await nameAt(context, email);
  if (!name) return null;
  const person = await ensurePerson(kit.identity, name, identityAddress(clinic, email));
  const token = await kit.links.make(clinic.id, person.id);
  const path = `/my/sign-in/link?${new URLSearchParams({ token, next })}`;
  await queuePatientLink(kit, context, clinic, { userId: person.id, name, email }, path);
  return clinic.demo ? path : null;
}

async function postLink(kit: PatientKit, request: FastifyRequest, reply: FastifyReply) {
  const { token, next } = formValues(request.body);
  const userId = await kit.links.use(request.clinic.id, token ?? '');
  const person = userId && (await personById(kit.identity, userId));
  const email = person && patientAddress(request.clinic, person.email);
  // Since the mail, the desk may have given the patient another address.
  if (!person || !email || !(await nameAt(request.context, email))) return gone(kit, request, reply);
  if (!person.emailVerified) {
    const { internalAdapter } = await kit.identity.$context;
    await internalAdapter.updateUser(person.id, { emailVerified: true });
  }
  await kit.attempts.cleared(attemptsOf(request, email));
  return enter(kit, request, reply, { userId: person.id, how: 'link', next: myPath(next) });
}

async function postPasskey(kit: PatientKit, request: FastifyRequest, reply: FastifyReply) {
  const { credential = '', next } = formValues(request.body);
  const place = placeOf(request, kit.platform.config.publicUrl);
  const challenge = kit.challenges.signIn.take(request, reply, ANYBODY);
  const id = claimedPasskey(credential);
  const passkey = place && id ? await kit.passkeys.byId(id, place.rpId) : null;
  const answer = place && challenge && passkey && (await answered(place, challenge, credential, passkey));
  const person = answer ? await personById(kit.identity, passkey.userId) : null;
  const fits = person?.emailVerified === true && patientAddress(request.clinic, person.email) !== null;
  if (!answer || !fits || !(await kit.passkeys.used(passkey, answer.counter, answer.backedUp))) {
    const refused = challenge
      ? 'That passkey does not open a page here. Ask for a link instead'
      : 'The page was open for too long. Please try the passkey once more';
    return showSignIn(kit, request, reply, { next: myPath(next), refused }, 422);
  }
  return enter(kit, request, reply, { userId: passkey.userId, how: 'passkey', next: myPath(next) });
}

async function enter(
  kit: PatientKit,
  request: FastifyRequest,
  reply: FastifyReply,
  who: { readonly userId: string; readonly how: 'link' | 'passkey'; readonly next: string },
) {
  // Whoever used this browser before is signed out by the next person's signing in.
  const before = request.cookies[kit.cookie];
  if (before) await kit.sessions.end(request.clinic, before);
  const cookie = await kit.sessions.open(request.clinic, who.userId, request.headers['user-agent']);
  reply.setCookie(kit.cookie, cookie, { ...attributes(kit), maxAge: PATIENT_SESSION_DAYS * 86_400 });
  await note(request, who.userId, 'portal.signed_in', who.how);
  return reply.redirect(who.next, 303);
}

/** Takes the patient's cookie away. */
export function forgetPatient(kit: PatientKit, reply: FastifyReply): void {
  reply.clearCookie(kit.cookie, attributes(kit));
}

/** Writes what a patient did at the door to the audit log. */
export async function note(
  request: FastifyRequest,
  userId: string,
  action: `portal.${string}`,
  how?: string,
): Promise<void> {
  const subject = { kind: 'user', id: userId };
  await inClinic(request.context, (clinic) =>
    record(clinic, { action, subject, ...(how ? { detail: { how } } : {}) }),
  );
}

function attributes({ secure }: PatientKit) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
}

function attemptsOf(request: FastifyRequest, email: string): string {
  return `patient link ${request.clinic.id} ${email}`;
}

function gone(kit: PatientKit, request: FastifyRequest, reply: FastifyReply) {
  return send(kit, request, reply, 'Link', <PatientLinkGonePage />, { status: 410 });
}

function send(
  kit: PatientKit,
  request: FastifyRequest,
  reply: FastifyReply,
  title: string,
  body: preact.JSX.Element,
  options: { readonly status?: number; readonly islands?: readonly string[] } = {},
) {
  const page = doorPage(kit.platform, request, title, body, undefined, options.islands);
  return sendPage(reply, page, options.status ? { status: options.status } : {});
}
