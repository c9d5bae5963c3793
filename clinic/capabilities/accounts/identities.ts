import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ClinicContext } from '../../platform/database/in-clinic.ts';
import type { AccountsKit } from './accounts-kit.ts';
import type { Identity } from './identity.ts';
import { memberById } from './members.ts';
import type { StaffMember } from './staff-member.ts';

/** A person as the auth schema knows them. */
export interface KnownPerson {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly hasPassword: boolean;
  readonly secondFactor: boolean;
}

export async function personByEmail(identity: Identity, email: string): Promise<KnownPerson | null> {
  const { internalAdapter } = await identity.$context;
  const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
  return found ? asPerson(found.user, found.accounts) : null;
}

export async function personById(identity: Identity, userId: string): Promise<KnownPerson | null> {
  const { internalAdapter } = await identity.$context;
  const user = await internalAdapter.findUserById(userId);
  return user ? asPerson(user, await internalAdapter.findAccounts(userId)) : null;
}

/** Makes a person without a password, or finds the one who has this address. */
export async function ensurePerson(identity: Identity, name: string, email: string): Promise<KnownPerson> {
  const known = await personByEmail(identity, email);
  if (known) return known;
  const { internalAdapter } = await identity.$context;
  const user = await internalAdapter.createUser(
    { name, email: email.toLowerCase(), emailVerified: false },
    { method: 'other' },
  );
  return asPerson(user, []);
}

/** Sets a password without asking for the old one, and ends everything that the old one had opened. */
export async function replacePassword(
  kit: AccountsKit,
  person: Pick<KnownPerson, 'id' | 'hasPassword'>,
  password: string,
): Promise<void> {
  const { internalAdapter, password: hasher } = await kit.identity.$context;
  const hash = await hasher.hash(password);
  await internalAdapter.deleteUserSessions(person.id);
  if (person.hasPassword) await internalAdapter.updatePassword(person.id, hash);
  else {
    await internalAdapter.linkAccount({
      userId: person.id,
      providerId: 'credential',
      accountId: person.id,
      password: hash,
    });
  }
  kit.sessions.forget(person.id);
}

/** Whether `password` is this person's. */
export async function passwordIsRight(
  identity: Identity,
  userId: string,
  password: string,
): Promise<boolean> {
  const { internalAdapter, password: hasher } = await identity.$context;
  const account = await internalAdapter.findCredentialAccount(userId);
  return account?.password ? hasher.verify({ hash: account.password, password }) : false;
}

/** The active member of this clinic with this address, or null. */
export async function memberByEmail(
  kit: AccountsKit,
  context: ClinicContext,
  email: string,
): Promise<StaffMember | null> {
  const person = await personByEmail(kit.identity, email);
  return person ? memberById(context, person.id) : null;
}

/** This clinic as `member` acts in it. */
export function asMember(context: ClinicContext, member: StaffMember): ClinicContext {
  return { ...context, actor: { kind: 'staff', id: member.userId, role: member.role } };
}

/** Hands the cookies that better-auth has set on to the browser. */
export function forwardCookies(reply: FastifyReply, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie);
}

/** Just one of the request's cookies, so that better-auth sees nothing else of it. */
export function withCookie(request: FastifyRequest, name: string): Headers {
  const value = request.cookies[name];
  return new Headers(value ? { cookie: `${name}=${encodeURIComponent(value)}` } : {});
}

function asPerson(
  user: {
    readonly id: string;
    readonly email: string;
    readonly emailVerified: boolean;
    readonly twoFactorEnabled?: boolean | null | undefined;
  },
  accounts: readonly {
    readonly providerId: string;
    readonly password?: string | null | undefined;
  }[],
): KnownPerson {
  const hasPassword = accounts.some((one) => one.providerId === 'credential' && Boolean(one.password));
  return {
    id: user.id,
    email: user.email,
    emailVerified: user.emailVerified,
    hasPassword,
    secondFactor: user.twoFactorEnabled === true,
  };
}
