import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { record } from '../../platform/audit/record.ts';
import { type ClinicContext, type ClinicTransaction, inClinic } from '../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../platform/database/schema.ts';
import { INVITATION_DAYS } from './mails.ts';
import type { StaffMember } from './staff-member.ts';

/** One line of the owner's list. */
export interface ListedMember {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly resourceId: string | null;
  /** `expired`: invited, but the link ran out before it was used. */
  readonly state: 'active' | 'deactivated' | 'invited' | 'expired';
}

export interface PersonResource {
  readonly id: string;
  readonly name: string;
}

/** The active member with this user id, or null. */
export async function memberById(context: ClinicContext, userId: string): Promise<StaffMember | null> {
  const row = await inClinic(context, ({ tx }) =>
    tx
      .selectFrom('membership')
      .select(['name', 'email', 'role', 'resource_id'])
      .where('user_id', '=', userId)
      .where('active', '=', true)
      .executeTakeFirst(),
  );
  return row
    ? { userId, name: row.name, email: row.email, role: row.role, resourceId: row.resource_id }
    : null;
}

/** Everybody who works here, did, or is invited to, and the resources that a person can be. */
export async function listMembers(
  context: ClinicContext,
): Promise<{ members: readonly ListedMember[]; resources: readonly PersonResource[] }> {
  return inClinic(context, async ({ tx }) => {
    const rows = await tx
      .selectFrom('membership as m')
      .select(['m.user_id', 'm.name', 'm.email', 'm.role', 'm.resource_id', 'm.active'])
      .select((eb) =>
        eb
          .selectFrom('invitation as i')
          .select(
            sql<'open' | 'expired' | null>`case
            when accepted_at is not null then null when expires_at > now() then 'open' else 'expired' end`.as(
              'waiting',
            ),
          )
          .whereRef('i.user_id', '=', 'm.user_id')
          .orderBy('i.created_at', 'desc')
          .limit(1)
          .as('waiting'),
      )
      .orderBy('m.active', 'desc')
      .orderBy('m.name')
      .execute();
    const resources = await tx
      .selectFrom('resource')
      .select(['id', 'name'])
      .where('person', '=', true)
      .where('active', '=', true)
      .orderBy('name')
      .execute();
    const members = rows.map(
      (row): ListedMember => ({
        userId: row.user_id,
        name: row.name,
        email: row.email,
        role: row.role,
        resourceId: row.resource_id,
        state: row.active ? 'active' : stateOf(row.waiting),
      }),
    );
    return { members, resources };
  });
}

function stateOf(waiting: 'open' | 'expired' | null): ListedMember['state'] {
  if (waiting === null) return 'deactivated';
  return waiting === 'open' ? 'invited' : 'expired';
}

export interface NewMember {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly resourceId: string | null;
}

/** Adds somebody who may come in once they accept. False when they are on the list already. */
export async function addInvited(clinic: ClinicTransaction, member: NewMember): Promise<boolean> {
  const added = await clinic.tx
    .insertInto('membership')
    .values({
      clinic_id: clinic.clinicId,
      user_id: member.userId,
      role: member.role,
      resource_id: member.resourceId,
      name: member.name,
      email: member.email.toLowerCase(),
      active: false,
    })
    .onConflict((oc) => oc.columns(['clinic_id', 'user_id']).doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** A new link for somebody who has not come in yet; links sent before stop working. Returns its secret. */
export async function issueInvitation(
  clinic: ClinicTransaction,
  invitation: { userId: string; invitedBy: string; provesEmail: boolean },
): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await clinic.tx.deleteFrom('invitation').where('user_id', '=', invitation.userId).execute();
  await clinic.tx
    .insertInto('invitation')
    .values({
      clinic_id: clinic.clinicId,
      user_id: invitation.userId,
      token_hash: hashOf(token),
      proves_email: invitation.provesEmail,
      invited_by: invitation.invitedBy,
      expires_at: sql<Date>`now() + ${INVITATION_DAYS} * interval '1 day'`,
    })
    .execute();
  await record(clinic, { action: 'member.invited', subject: { kind: 'user', id: invitation.userId } });
  return token;
}

export interface OpenInvitation {
  readonly id: string;
  readonly userId: string;
  readonly provesEmail: boolean;
  readonly member: StaffMember;
}

/** The invitation behind a link that has been neither used nor replaced and has not run out. */
export async function openInvitation(context: ClinicContext, token: string): Promise<OpenInvitation | null> {
  const row = await inClinic(context, ({ tx }) =>
    tx
      .selectFrom('invitation as i')
      .innerJoin('membership as m', 'm.user_id', 'i.user_id')
      .select(['i.id', 'i.user_id', 'i.proves_email', 'm.name', 'm.email', 'm.role', 'm.resource_id'])
      .where('i.token_hash', '=', hashOf(token))
      .where('i.accepted_at', 'is', null)
      .where('i.expires_at', '>', sql<Date>`now()`)
      .executeTakeFirst(),
  );
  if (!row) return null;
  const { user_id: userId, name, email, role, resource_id: resourceId } = row;
  return {
    id: row.id,
    userId,
    provesEmail: row.proves_email,
    member: { userId, name, email, role, resourceId },
  };
}

/** Spends the invitation and lets its person in. False when somebody was faster. */
export async function acceptInvitation(
  clinic: ClinicTransaction,
  invitation: OpenInvitation,
): Promise<boolean> {
  const spent = await clinic.tx
    .updateTable('invitation')
    .set({ accepted_at: sql<Date>`now()` })
    .where('id', '=', invitation.id)
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  if (spent.numUpdatedRows === 0n) return false;
  await clinic.tx
    .updateTable('membership')
    .set({ active: true })
    .where('user_id', '=', invitation.userId)
    .execute();
  await record(clinic, { action: 'member.accepted', subject: { kind: 'user', id: invitation.userId } });
  return true;
}

export type Change =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'last_owner' | 'unknown' };

/** Changes what somebody is in the clinic. Refused for the last owner, so that one always remains. */
export async function changeMember(
  clinic: ClinicTransaction,
  userId: string,
  change: { role: StaffRole; resourceId: string | null },
): Promise<Change> {
  const before = await lockMember(clinic, userId);
  if (!before) return { ok: false, reason: 'unknown' };
  const isLeaving = before.role === 'owner' && before.active && change.role !== 'owner';
  if (isLeaving && !(await anotherOwner(clinic, userId))) return { ok: false, reason: 'last_owner' };
  await clinic.tx
    .updateTable('membership')
    .set({ role: change.role, resource_id: change.resourceId })
    .where('user_id', '=', userId)
    .execute();
  await record(clinic, {
    action: 'member.changed',
    subject: { kind: 'user', id: userId },
    detail: { from: before.role, to: change.role, resource: change.resourceId },
  });
  return { ok: true };
}

/** Shuts the door for somebody; an invitation that was never accepted disappears altogether. */
export async function deactivateMember(clinic: ClinicTransaction, userId: string): Promise<Change> {
  const before = await lockMember(clinic, userId);
  if (!before) return { ok: false, reason: 'unknown' };
  const isLeaving = before.role === 'owner' && before.active;
  if (isLeaving && !(await anotherOwner(clinic, userId))) return { ok: false, reason: 'last_owner' };
  if (await isWaiting(clinic, userId)) {
    await clinic.tx.deleteFrom('membership').where('user_id', '=', userId).execute();
    await record(clinic, { action: 'member.uninvited', subject: { kind: 'user', id: userId } });
  } else {
    await clinic.tx.updateTable('membership').set({ active: false }).where('user_id', '=', userId).execute();
    await record(clinic, { action: 'member.deactivated', subject: { kind: 'user', id: userId } });
  }
  return { ok: true };
}

/** Lets somebody back in who was a member before. */
export async function reactivateMember(clinic: ClinicTransaction, userId: string): Promise<Change> {
  const before = await lockMember(clinic, userId);
  if (!before || (await isWaiting(clinic, userId))) return { ok: false, reason: 'unknown' };
  await clinic.tx.updateTable('membership').set({ active: true }).where('user_id', '=', userId).execute();
  await record(clinic, { action: 'member.reactivated', subject: { kind: 'user', id: userId } });
  return { ok: true };
}

/** Two owners who dismiss each other in the same moment wait for one another here. */
async function lockMember({ tx }: ClinicTransaction, userId: string) {
  const rows = await tx
    .selectFrom('membership')
    .select(['user_id', 'role', 'active'])
    .where((eb) => eb.or([eb('user_id', '=', userId), eb('role', '=', 'owner')]))
    .orderBy('user_id')
    .forUpdate()
    .execute();
  return rows.find((row) => row.user_id === userId);
}

async function anotherOwner({ tx }: ClinicTransaction, userId: string): Promise<boolean> {
  const other = await tx
    .selectFrom('membership')
    .select('user_id')
    .where('role', '=', 'owner')
    .where('active', '=', true)
    .where('user_id', '<>', userId)
    .executeTakeFirst();
  return other !== undefined;
}

async function isWaiting({ tx }: ClinicTransaction, userId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('membership as m')
    .innerJoin('invitation as i', 'i.user_id', 'm.user_id')
    .select('m.user_id')
    .where('m.user_id', '=', userId)
    .where('m.active', '=', false)
    .where('i.accepted_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
