import { record } from '../../../platform/audit/record.ts';
import { errorCode, inClinic } from '../../../platform/database/in-clinic.ts';
import type { Booking } from './booking.ts';
import { claim, claimsFor, lockClaims } from './claims.ts';

export interface BlockInput {
  readonly resourceIds: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

const EXCLUSION_VIOLATION = '23P01';

/** Keeps resources free of patients for a span: a break, a calibration, a meeting. */
export async function blockTime(
  booking: Booking,
  input: BlockInput,
): Promise<
  { readonly ok: true; readonly blockId: string } | { readonly ok: false; readonly reason: 'taken' }
> {
  try {
    return await inClinic(booking.context, async (tx) => {
      const { id } = await tx.tx
        .insertInto('block')
        .values({
          clinic_id: tx.clinicId,
          label: input.label.trim(),
          starts_at: new Date(input.start),
          ends_at: new Date(input.end),
          created_by: tx.actor.id,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await lockClaims(tx, claimsFor(input.resourceIds, input));
      await claim(tx, { blockId: id }, input.resourceIds, input);
      await record(tx, { action: 'block.added', subject: { kind: 'block', id } });
      return { ok: true, blockId: id };
    });
  } catch (error) {
    if (errorCode(error) === EXCLUSION_VIOLATION) return { ok: false, reason: 'taken' };
    throw error;
  }
}

/** Opens the time again. Nothing happens when it is open already. */
export async function unblockTime(booking: Booking, blockId: string): Promise<void> {
  await inClinic(booking.context, async (tx) => {
    await tx.tx.deleteFrom('block').where('clinic_id', '=', tx.clinicId).where('id', '=', blockId).execute();
    await record(tx, { action: 'block.removed', subject: { kind: 'block', id: blockId } });
  });
}
