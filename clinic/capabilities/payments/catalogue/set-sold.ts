import { record } from '../../../platform/audit/record.ts';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';

/** Takes a product or a tax out of use, or brings it back. False where there is none. What was sold stays as it is. */
export async function setSold(
  context: ClinicContext,
  kind: 'product' | 'tax',
  id: string,
  active: boolean,
): Promise<boolean> {
  return inClinic(context, async (clinic) => {
    const changed = await clinic.tx
      .updateTable(kind)
      .set({ active })
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (!changed) return false;
    await record(clinic, { action: `${kind}.${active ? 'restored' : 'retired'}`, subject: { kind, id } });
    return true;
  });
}
