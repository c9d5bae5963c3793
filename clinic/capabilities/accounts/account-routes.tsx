import { isAPIError } from 'better-auth/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readForm } from '../../platform/web/form.ts';
import { sendPage } from '../../platform/web/server.ts';
import { AccountPage, BackupCodesPage, SetupPage } from './account-page.tsx';
import type { AccountsKit } from './accounts-kit.ts';
import { deskPage } from './desk-page.tsx';
import { forwardCookies, passwordIsRight, personById, withCookie } from './identities.ts';
import { newPassword } from './new-password.ts';
import { requireStaff } from './require-staff.ts';
import { note, waitInWords } from './sign-in.ts';
import type { StaffMember } from './staff-member.ts';

const DONE: Readonly<Record<string, string>> = {
  password: 'Your password is changed. Every other browser is signed out.',
  off: 'The second factor is off.',
};
const guarded = { preHandler: requireStaff() };
const limited = { ...guarded, config: { rateLimit: { max: 20, timeWindow: 60_000 } } };
const passwordForm = z.object({ current: z.string().max(1000).optional(), password: newPassword });
const factorForm = z.object({ factor: z.string().min(1, 'Enter your password').max(1000) });
const confirmForm = z.object({ code: z.string().max(50), setup: z.string().max(4000) });

type Errors = Readonly<Record<string, string>>;

/** A person's own account. Every change asks for the password again: desks are shared. */
export function accountRoutes(app: FastifyInstance, kit: AccountsKit): void {
  app.get<{ Querystring: { done?: unknown } }>('/desk/account', guarded, async (request, reply) =>
    showAccount(kit, request, reply, {}, DONE[String(request.query.done ?? '')]),
  );
  app.post('/desk/account/password', limited, (request, reply) => postPassword(kit, request, reply));
  app.post('/desk/account/factor', limited, async (request, reply) =>
    (await hasSecondFactor(kit, request)) ? toAccount(reply) : postFactor(kit, request, reply),
  );
  app.post('/desk/account/factor/confirm', limited, (request, reply) => postConfirm(kit, request, reply));
  app.post('/desk/account/factor/codes', limited, async (request, reply) =>
    (await hasSecondFactor(kit, request)) ? postNewCodes(kit, request, reply) : toAccount(reply),
  );
  app.post('/desk/account/factor/off', limited, async (request, reply) =>
    (await hasSecondFactor(kit, request)) ? postOff(kit, request, reply) : toAccount(reply),
  );
}

/** A form of a page that was opened before the second factor was turned on or off asks for nothing any more. */
function toAccount(reply: FastifyReply): FastifyReply {
  return reply.redirect('/desk/account', 303);
}

async function hasSecondFactor(kit: AccountsKit, request: FastifyRequest): Promise<boolean> {
  const person = await personById(kit.identity, staffOf(request).userId);
  return person?.secondFactor ?? false;
}

async function showAccount(
  kit: AccountsKit,
  request: FastifyRequest,
  reply: FastifyReply,
  errors: Errors,
  done?: string,
) {
  const staff = staffOf(request);
  const person = await personById(kit.identity, staff.userId);
  const body = (
    <AccountPage
      staff={staff}
      hasPassword={person?.hasPassword ?? false}
      secondFactor={person?.secondFactor ?? false}
      done={done}
      errors={errors}
    />
  );
  const failed = Object.keys(errors).length > 0;
  return sendPage(reply, await deskPage(kit.platform, request, { title: 'Your account' }, body), {
    status: failed ? 422 : 200,
  });
}

async function postPassword(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const staff = staffOf(request);
  const form = readForm(passwordForm, request.body);
  if (!form.ok) return showAccount(kit, request, reply, form.errors);
  const person = await personById(kit.identity, staff.userId);
  if (!person) throw new Error('A signed-in person is not known to the auth schema');
  if (person.hasPassword) {
    const wrong = await checkPassword(kit, staff, form.value.current ?? '');
    if (wrong) return showAccount(kit, request, reply, { current: wrong });
  }
  const headers = withCookie(request, kit.cookies.session);
  if (person.hasPassword) {
    const body = {
      currentPassword: form.value.current ?? '',
      newPassword: form.value.password,
      revokeOtherSessions: true,
    };
    const changed = await kit.identity.api.changePassword({ body, headers, returnHeaders: true });
    forwardCookies(reply, changed.headers);
  } else {
    await kit.identity.api.setPassword({ body: { newPassword: form.value.password }, headers });
  }
  kit.sessions.forget(staff.userId);
  await note(request, staff, 'account.password_changed');
  return reply.redirect('/desk/account?done=password', 303);
}

async function postFactor(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const password = await confirmedPassword(kit, request, reply);
  if (password === null) return reply;
  const answer = await kit.identity.api.enableTwoFactor({
    body: { password },
    headers: withCookie(request, kit.cookies.session),
  });
  if (answer.method !== 'totp') throw new Error(`Expected an authenticator set-up, found ${answer.method}`);
  return showSetup(kit, request, reply, answer.totpURI);
}

async function showSetup(
  kit: AccountsKit,
  request: FastifyRequest,
  reply: FastifyReply,
  totpUri: string,
  error?: string,
) {
  const body = <SetupPage totpUri={totpUri} sealed={kit.setups.seal(totpUri)} error={error} />;
  return sendPage(reply, await deskPage(kit.platform, request, { title: 'Second factor' }, body), {
    status: error ? 422 : 200,
  });
}

async function postConfirm(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const staff = staffOf(request);
  const form = readForm(confirmForm, request.body);
  const totpUri = kit.setups.open(form.values.setup ?? '');
  if (!form.ok || typeof totpUri !== 'string') return toAccount(reply);
  try {
    const { headers } = await kit.identity.api.verifyTOTP({
      body: { code: form.value.code.replace(/\s/g, '') },
      headers: withCookie(request, kit.cookies.session),
      returnHeaders: true,
    });
    forwardCookies(reply, headers);
  } catch (error) {
    if (!isAPIError(error)) throw error;
    return showSetup(kit, request, reply, totpUri, 'The code does not match. Enter the one that shows now');
  }
  kit.sessions.forget(staff.userId);
  await note(request, staff, 'account.second_factor_on');
  const { backupCodes } = await kit.identity.api.viewBackupCodes({ body: { userId: staff.userId } });
  return showCodes(kit, request, reply, backupCodes);
}

async function postNewCodes(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const password = await confirmedPassword(kit, request, reply);
  if (password === null) return reply;
  const { backupCodes } = await kit.identity.api.generateBackupCodes({
    body: { password },
    headers: withCookie(request, kit.cookies.session),
  });
  await note(request, staffOf(request), 'account.backup_codes_renewed');
  return showCodes(kit, request, reply, backupCodes);
}

async function postOff(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const staff = staffOf(request);
  const password = await confirmedPassword(kit, request, reply);
  if (password === null) return reply;
  const { headers } = await kit.identity.api.disableTwoFactor({
    body: { password },
    headers: withCookie(request, kit.cookies.session),
    returnHeaders: true,
  });
  forwardCookies(reply, headers);
  kit.sessions.forget(staff.userId);
  await note(request, staff, 'account.second_factor_off');
  return reply.redirect('/desk/account?done=off', 303);
}

async function showCodes(
  kit: AccountsKit,
  request: FastifyRequest,
  reply: FastifyReply,
  codes: readonly string[],
) {
  const body = <BackupCodesPage codes={codes} />;
  return sendPage(reply, await deskPage(kit.platform, request, { title: 'Backup codes' }, body));
}

/** The password of the second-factor form if it is right; otherwise answers with the page and returns null. */
async function confirmedPassword(
  kit: AccountsKit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | null> {
  const form = readForm(factorForm, request.body);
  const wrong = form.ok
    ? await checkPassword(kit, staffOf(request), form.value.factor)
    : (form.errors.factor ?? 'Enter your password');
  if (form.ok && !wrong) return form.value.factor;
  await showAccount(kit, request, reply, { factor: wrong ?? '' });
  return null;
}

/** What is wrong with `password`, or null when it is right. Counts wrong ones against the account. */
async function checkPassword(kit: AccountsKit, staff: StaffMember, password: string): Promise<string | null> {
  const subject = `account ${staff.userId}`;
  const wait = await kit.attempts.waitFor(subject);
  if (wait > 0) return `Too many wrong passwords. Try again in ${waitInWords(wait)}`;
  if (await passwordIsRight(kit.identity, staff.userId, password)) {
    await kit.attempts.cleared(subject);
    return null;
  }
  await kit.attempts.failed(subject);
  return 'This is not your password';
}

function staffOf(request: FastifyRequest): StaffMember {
  if (!request.staff) throw new Error('This route must stand behind requireStaff');
  return request.staff;
}
