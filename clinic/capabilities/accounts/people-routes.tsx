import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ClinicTransaction, errorCode, inClinic } from '../../platform/database/in-clinic.ts';
import { readForm } from '../../platform/web/form.ts';
import { sendPage } from '../../platform/web/server.ts';
import { notFound } from '../../platform/web/user-error.ts';
import type { AccountsKit } from './accounts-kit.ts';
import { deskPage } from './desk-page.tsx';
import { ensurePerson } from './identities.ts';
import { clinicOrigin, queueInvitation } from './mails.ts';
import {
  addInvited,
  type Change,
  changeMember,
  deactivateMember,
  issueInvitation,
  type ListedMember,
  listMembers,
  reactivateMember,
} from './members.ts';
import { PeoplePage, type PeoplePageProps } from './people-page.tsx';
import { requireStaff } from './require-staff.ts';

const role = z.enum(['clinician', 'front_desk', 'owner'], 'Choose a role');
const resource = z
  .union([z.literal(''), z.uuid()])
  .optional()
  .transform((value) => value || null);
const inviteForm = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Enter the name')
    .max(100, 'At most 100 characters')
    .regex(/^[^\p{Cc}<>]*$/u, 'Use letters, spaces and the usual signs of names'),
  email: z.string().trim().max(200).pipe(z.email('Enter an e-mail address, like name@example.org')),
  role,
  resource,
});
const changeForm = z.object({ role, resource });
const FOREIGN_KEY_VIOLATION = '23503';

const guarded = { preHandler: requireStaff('owner') };
type Params = { Params: { userId: string } };
type Extra = Partial<Pick<PeoplePageProps, 'notice' | 'link' | 'values' | 'errors'>>;

/** Who works here: invited, changed and deactivated by an owner. */
export function peopleRoutes(app: FastifyInstance, kit: AccountsKit): void {
  app.get('/desk/settings/people', guarded, (request, reply) => show(kit, request, reply, {}));
  app.post('/desk/settings/people', guarded, (request, reply) => postInvite(kit, request, reply));
  app.post<Params>('/desk/settings/people/:userId', guarded, (request, reply) => {
    const form = readForm(changeForm, request.body);
    if (!form.ok) throw notFound('role');
    const { role: to, resource: resourceId } = form.value;
    return change(kit, request, reply, 'The change holds at once.', (clinic, userId) =>
      changeMember(clinic, userId, { role: to, resourceId }),
    );
  });
  app.post<Params>('/desk/settings/people/:userId/deactivate', guarded, (request, reply) =>
    change(kit, request, reply, 'The account no longer opens this clinic.', deactivateMember),
  );
  app.post<Params>('/desk/settings/people/:userId/reactivate', guarded, (request, reply) =>
    change(kit, request, reply, 'The account opens this clinic again.', reactivateMember),
  );
  app.post<Params>('/desk/settings/people/:userId/invite-again', guarded, (request, reply) =>
    postInviteAgain(kit, request, reply),
  );
}

async function show(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply, extra: Extra) {
  const { members, resources } = await listMembers(request.context);
  const body = (
    <PeoplePage members={members} resources={resources} ownUserId={request.staff?.userId ?? ''} {...extra} />
  );
  const refused = extra.errors || extra.notice?.kind === 'danger';
  const options = { title: 'Staff', current: 'settings' } as const;
  return sendPage(reply, await deskPage(kit.platform, request, options, body), {
    status: refused ? 422 : 200,
  });
}

async function postInvite(kit: AccountsKit, request: FastifyRequest, reply: FastifyReply) {
  const form = readForm(inviteForm, request.body);
  if (!form.ok) return show(kit, request, reply, { values: form.values, errors: form.errors });
  const { name, email, role: invitedAs, resource: resourceId } = form.value;
  const person = await ensurePerson(kit.identity, name, email);
  const member = { userId: person.id, name, email: person.email, role: invitedAs, resourceId };
  try {
    const link = await inClinic(request.context, async (clinic) =>
      (await addInvited(clinic, member)) ? invite(kit, request, clinic, member) : null,
    );
    if (!link) {
      const errors = { email: 'Somebody with this address is on the list already' };
      return show(kit, request, reply, { values: form.values, errors });
    }
    return show(kit, request, reply, invited(kit, member, link));
  } catch (error) {
    if (errorCode(error) !== FOREIGN_KEY_VIOLATION) throw error;
    const errors = { resource: 'Choose somebody of this clinic’s calendar' };
    return show(kit, request, reply, { values: form.values, errors });
  }
}

async function postInviteAgain(kit: AccountsKit, request: FastifyRequest<Params>, reply: FastifyReply) {
  const { members } = await listMembers(request.context);
  const member = members.find((one) => one.userId === request.params.userId);
  if (!member || member.state === 'active' || member.state === 'deactivated') throw notFound('invitation');
  const link = await inClinic(request.context, (clinic) => invite(kit, request, clinic, member));
  return show(kit, request, reply, invited(kit, member, link));
}

/** Issues the link and writes its mail, in one transaction. Returns the link. */
async function invite(
  kit: AccountsKit,
  request: FastifyRequest,
  clinic: ClinicTransaction,
  member: Pick<ListedMember, 'userId' | 'name' | 'email' | 'role'>,
): Promise<string> {
  const token = await issueInvitation(clinic, {
    userId: member.userId,
    invitedBy: request.staff?.userId ?? '',
    provesEmail: sendsMail(kit),
  });
  const url = `${await clinicOrigin(kit.platform, clinic.clinicId)}/invitation/${token}`;
  const inviterName = request.staff?.name ?? '';
  await queueInvitation(clinic, request.clinic, { ...member, inviterName, url });
  return url;
}

function invited(kit: AccountsKit, member: Pick<ListedMember, 'name' | 'email'>, link: string): Extra {
  const text = sendsMail(kit)
    ? `A link is on its way to ${member.email}.`
    : `${member.email} can use this link.`;
  return {
    notice: { kind: 'good', title: `${member.name} is invited`, text },
    link: sendsMail(kit) ? undefined : link,
  };
}

/** Without a mail server the owner hands the link over, and it proves nobody's mailbox. */
function sendsMail(kit: AccountsKit): boolean {
  return kit.platform.config.smtpUrl !== null;
}

async function change(
  kit: AccountsKit,
  request: FastifyRequest<Params>,
  reply: FastifyReply,
  done: string,
  work: (clinic: ClinicTransaction, userId: string) => Promise<Change>,
) {
  const { userId } = request.params;
  const result = await inClinic(request.context, (clinic) => work(clinic, userId)).catch((error: unknown) => {
    // A resource of another clinic, or one that is gone.
    if (errorCode(error) === FOREIGN_KEY_VIOLATION) throw notFound('person in the calendar');
    throw error;
  });
  kit.sessions.forget(userId);
  if (!result.ok && result.reason === 'unknown') throw notFound('person');
  if (!result.ok) {
    return show(kit, request, reply, {
      notice: {
        kind: 'danger',
        title: 'Nothing was changed',
        text: 'This is the last owner. Make somebody else an owner first.',
      },
    });
  }
  // An owner who has just stepped down may no longer see the list.
  const ownChange = userId === request.staff?.userId;
  if (ownChange) return reply.redirect('/desk', 303);
  return show(kit, request, reply, { notice: { kind: 'good', title: 'Saved', text: done } });
}
