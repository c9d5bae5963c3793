import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { type Catalogue, readCatalogue } from '../../booking/index.ts';

/**
 * The catalogue as it is this moment. Other pages may answer for a second or two from what they last read; whoever
 * just changed something must see it at once.
 */
export async function currentCatalogue(context: ClinicContext): Promise<Catalogue> {
  const { catalogue_version: version } = await inClinic(context, ({ tx, clinicId }) =>
    tx.selectFrom('clinic').select('catalogue_version').where('id', '=', clinicId).executeTakeFirstOrThrow(),
  );
  return readCatalogue(context, version);
}
