import { record } from '../../../platform/audit/record.ts';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { bumpCatalogue } from '../../booking/index.ts';

/** Takes a site, a service or a resource out of use, or brings it back. Returns false where there is none. */
export async function setActive(
  context: ClinicContext,
  kind: 'resource' | 'service' | 'site',
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
    await bumpCatalogue(clinic);
    const action = `${kind}.${active ? 'restored' : 'retired'}` as const;
    await record(clinic, { action, subject: { kind, id } });
    return true;
  });
}
