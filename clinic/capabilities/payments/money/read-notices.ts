import { record } from '../../../platform/audit/record.ts';
import type { ClinicContext, ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';

/** Something that a provider told and that somebody should look at. */
export interface UnknownNotice {
  readonly id: string;
  readonly provider: 'stripe' | 'practice';
  readonly eventId: string;
  readonly type: string;
  readonly detail: string;
  readonly body: string;
  /** It is about a payment that is not known yet, and takes effect by itself when it is. */
  readonly waiting: boolean;
  readonly receivedAt: number;
  readonly seenAt: number | null;
  readonly seenBy: string | null;
}

const MOST_SHOWN = 100;

/** Those that nobody has looked at first, each group latest first. */
export async function readNotices({ tx, clinicId }: ClinicTransaction): Promise<readonly UnknownNotice[]> {
  const rows = await tx
    .selectFrom('provider_notice as n')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.clinic_id', '=', 'n.clinic_id').onRef('m.user_id', '=', 'n.seen_by'),
    )
    .select(['n.id', 'n.provider', 'n.event_id', 'n.type', 'n.detail', 'n.body', 'n.waits_for'])
    .select(['n.received_at', 'n.seen_at', 'm.name'])
    .where('n.clinic_id', '=', clinicId)
    .where('n.outcome', '=', 'unknown')
    .orderBy((eb) => eb('n.seen_at', 'is not', null))
    .orderBy('n.received_at', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    provider: row.provider,
    eventId: row.event_id,
    type: row.type,
    detail: row.detail,
    body: readable(row.body),
    waiting: row.waits_for !== null,
    receivedAt: row.received_at.getTime(),
    seenAt: row.seen_at?.getTime() ?? null,
    seenBy: row.name,
  }));
}

/** How many wait for somebody to look. */
export async function countUnseen({ tx, clinicId }: ClinicTransaction): Promise<number> {
  const row = await tx
    .selectFrom('provider_notice')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('clinic_id', '=', clinicId)
    .where('outcome', '=', 'unknown')
    .where('seen_at', 'is', null)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Notes who looked at a notice. False where there is none of that id. */
export async function markSeen(context: ClinicContext, id: string, now: number): Promise<boolean> {
  return inClinic(context, async (clinic) => {
    const row = await clinic.tx
      .updateTable('provider_notice')
      .set((eb) => ({
        seen_at: eb.fn.coalesce('seen_at', eb.val(new Date(now))),
        seen_by: eb.fn.coalesce('seen_by', eb.val(clinic.actor.id)),
      }))
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .where('outcome', '=', 'unknown')
      .returning('id')
      .executeTakeFirst();
    if (!row) return false;
    await record(clinic, { action: 'notice.seen', subject: { kind: 'provider_notice', id } });
    return true;
  });
}

/** JSON with line breaks; anything else as it came. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
