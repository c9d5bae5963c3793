import { isAPIError } from 'better-auth/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readForm } from '../../platform/web/form.ts';
import { sendPage } from '../../platform/web/server.ts';
import type { AccountsKit } from './accounts-kit.ts';
import { doorPage } from './door-page.tsx';
import { forwardCookies, memberByEmail, withCookie } from './identities.ts';
import type { LinkRequest } from './mails.ts';
import { memberById } from './members.ts';
import { safeNext } from './next-path.ts';
import { leaveEarlierSession, note, signInByPassword, waitInWords } from './sign-in.ts';
import { LinkGonePage, LinkPage, LinkSentPage, SecondFactorPage, SignInPage } from './sign-in-page.tsx';

const limit = (max: number) => ({ config: { rateLimit: { max, timeWindow: 60_000 } } });
/** Both answers to a request for a link take this long, so that the time tells nothing. */
const LINK_ANSWER_MS = 400;

const address = z.string().trim().max(200).pipe(z.email('Enter your e-mail address, like name@example.org'));
const passwordForm = z.object({
  email: address,
  password: z.string().min(1, 'Enter your password, or ask for a link instead').max(1000),
  next: z.string().optional(),
});
const linkForm = z.object({ email: address, next: z.string().optional() });
const tokenForm = z.object({ token: z.string().max(200), next: z.string().optional() });
const codeForm = z.object({ code: z.string().max(100), next: z.string().optional() });

type Query = { Querystring: { next?: unknown; token?: unknown } };

/** The ways in and the way out. Every form works without a script. */
export function signInRoutes(app: FastifyInstance, kit: AccountsKit): void {
  app.get<Query>('/sign-in', (request, reply) => {
    const next = safeNext(text(request.query.next));
    if (request.staff) return reply.redirect(next, 303);
    // Only the plain page is for search engines, not one that leads back to somewhere in the desk.
    const description =
      request.query.next === undefined ? `Where the staff of ${request.clinic.name} sign in.` : undefined;
    const body = <SignInPage next={next} />;
    return sendPage(reply, doorPage(kit.platform, request, 'Sign in', body, description));
  });
  app.post('/sign-in', limit(30), (request, reply) => postPassword(kit, request, reply));
  app.post('/sign-in/send-link', limit(10), (request, reply) => postLinkWish(kit, request, reply));
  app.get<Query>('/sign-in/link', (request, reply) => {
    const token = text(request.query.token);
    const next = safeNext(text(request.query.next));
    return token
      ? sendPage(reply, page(kit, request, 'Sign in', <LinkPage token={token} next={next} />))
      : sendPage(reply, page(kit, request, 'Link', <LinkGonePage />), { status: 410 });
  });
  app.post('/sign-in/link', limit(20), (request, reply) => postLink(kit, request, reply));
  app.get<Query>('/sign-in/two-factor', (request, reply) => {
    if (!request.cookies[kit.cookies.challenge]) return reply.redirect('/sign-in', 303);
    const next = safeNext(text(request.query.next));
    return sendPage(reply, page(kit, request, 'Second factor', <SecondFactorPage next={next} />));
  });
  app.post('/sign-in/two-factor', limit(20), (request, reply) => postCode(kit, request, reply));
  app.post('/sign-out', (request, reply) => postSignOut(kit, request, reply));
}

async function postPassword(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const form = readForm(passwordForm, request.body);
  const next = safeNext(form.values.next);
  const again = (status: number, errors: Readonly<Record<string, string>>) =>
    sendPage(
      reply,
      page(kit, request, 'Sign in', <SignInPage next={next} values={form.values} errors={errors} />),
      {
        status,
      },
    );
  if (!form.ok) return again(422, form.errors);
  const { email, password } = form.value;
  const result = await signInByPassword(kit, request, reply, email, password);
  switch (result.kind) {
    case 'signed_in':
      return reply.redirect(next, 303);
    case 'second_factor':
      return reply.redirect(`/sign-in/two-factor?${new URLSearchParams({ next })}`, 303);
    case 'refused':
      return again(422, { password: 'That address and password do not belong together here' });
    case 'wait':
      return again(429, {
        password: `Too many wrong passwords. Try again in ${waitInWords(result.seconds)}, or ask for a link`,
      });
  }
}

async function postLinkWish(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const form = readForm(linkForm, request.body);
  const next = safeNext(form.values.next);
  if (!form.ok) {
    const again = <SignInPage next={next} values={form.values} errors={form.errors} />;
    return sendPage(reply, page(kit, request, 'Sign in', again), { status: 422 });
  }
  const { email } = form.value;
  await Promise.all([
    sendLink(kit, request, email, next),
    new Promise((resolve) => setTimeout(resolve, LINK_ANSWER_MS)),
  ]);
  return sendPage(reply, page(kit, request, 'Look at your mail', <LinkSentPage email={email} />));
}

async function sendLink(kit: AccountsKit, request: FastifyRequest, email: string, next: string) {
  const member = await memberByEmail(kit, request.context, email);
  if (!member) return;
  const metadata: LinkRequest = { context: request.context, clinic: request.clinic, member, next };
  await kit.identity.api.signInMagicLink({ body: { email, metadata }, headers: new Headers() });
}

async function postLink(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const form = readForm(tokenForm, request.body);
  const next = safeNext(form.values.next);
  const answer = form.ok ? await openLink(kit, form.value.token) : null;
  const gone = () => sendPage(reply, page(kit, request, 'Link', <LinkGonePage />), { status: 410 });
  if (!answer) return gone();
  if ('twoFactorRedirect' in answer.response) {
    forwardCookies(reply, answer.headers);
    return reply.redirect(`/sign-in/two-factor?${new URLSearchParams({ next })}`, 303);
  }
  const { token, user } = answer.response;
  const member = await memberById(request.context, user.id);
  if (!member) {
    await kit.sessions.end({ token });
    return gone();
  }
  await leaveEarlierSession(kit, request);
  forwardCookies(reply, answer.headers);
  await note(request, member, 'session.signed_in', 'link');
  return reply.redirect(next, 303);
}

async function openLink(kit: AccountsKit, token: string) {
  try {
    return await kit.identity.api.magicLinkVerify({
      query: { token },
      headers: new Headers(),
      returnHeaders: true,
    });
  } catch (error) {
    if (isAPIError(error)) return null;
    throw error;
  }
}

async function postCode(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const form = readForm(codeForm, request.body);
  const next = safeNext(form.values.next);
  const headers = withCookie(request, kit.cookies.challenge);
  if (!headers.has('cookie')) return reply.redirect('/sign-in', 303);
  const answer = await tryCode(kit, headers, form.ok ? form.value.code : '');
  if (!answer.ok) {
    const again = <SecondFactorPage next={next} error={answer.message} />;
    return sendPage(reply, page(kit, request, 'Second factor', again), { status: answer.status });
  }
  await leaveEarlierSession(kit, request);
  forwardCookies(reply, answer.headers);
  const member = await memberById(request.context, answer.userId);
  if (member) await note(request, member, 'session.signed_in', 'second_factor');
  return reply.redirect(next, 303);
}

type CodeAnswer =
  | { readonly ok: true; readonly headers: Headers; readonly userId: string }
  | { readonly ok: false; readonly status: number; readonly message: string };

async function tryCode(kit: AccountsKit, headers: Headers, typed: string): Promise<CodeAnswer> {
  const digits = typed.replace(/\s/g, '');
  const { api } = kit.identity;
  try {
    const answer = /^\d{6}$/.test(digits)
      ? await api.verifyTOTP({ body: { code: digits }, headers, returnHeaders: true })
      : await api.verifyBackupCode({ body: { code: digits }, headers, returnHeaders: true });
    return { ok: true, headers: answer.headers, userId: answer.response.user.id };
  } catch (error) {
    if (!isAPIError(error)) throw error;
    const code = (error.body as { code?: unknown } | undefined)?.code;
    if (code === 'INVALID_CODE' || code === 'INVALID_BACKUP_CODE') {
      return { ok: false, status: 422, message: 'The code is wrong, used up, or older than half a minute.' };
    }
    if (code === 'ACCOUNT_TEMPORARILY_LOCKED') {
      return { ok: false, status: 429, message: 'Too many wrong codes. Try again in a quarter of an hour.' };
    }
    return { ok: false, status: 422, message: 'This took too long or too many tries. Please start again.' };
  }
}

async function postSignOut(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const session = request.deskSession;
  if (session) {
    await kit.sessions.end(session);
    await note(request, session.member, 'session.signed_out');
  }
  const { headers } = await kit.identity.api.signOut({ headers: new Headers(), returnHeaders: true });
  forwardCookies(reply, headers);
  return reply.redirect('/sign-in', 303);
}

function page(kit: AccountsKit, request: FastifyRequest, title: string, body: preact.JSX.Element): string {
  return doorPage(kit.platform, request, title, body);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
