import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { FileStore } from '../../../platform/files/index.ts';
import { CaseError } from './case-error.ts';
import { caseOf, selectCases } from './case-records.ts';
import { lockConsent, markWithdrawn } from './consents.ts';
import { forgetPictures, removePictures } from './keep-pictures.ts';

export interface Withdrawal {
  readonly consentId: string;
  readonly how: 'portal' | 'desk';
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Takes a consent back, and with it everything that stood on it: cases leave the site, their pictures lose their rows'
 * files, and the files go from the disk. All rows change in one transaction; should the disk fail after it, nothing is
 * served any more, and the sweep removes the files. `mayWithdraw` is asked within the transaction.
 *
 * @throws CaseError where there is nothing to take back
 */
export async function withdrawConsent(
  context: ClinicContext,
  files: FileStore,
  withdrawal: Withdrawal,
  mayWithdraw: (patientId: string) => boolean = () => true,
): Promise<void> {
  const gone = await inClinic(context, async (clinic) => {
    const consent = await lockConsent(clinic, withdrawal.consentId);
    if (!consent || !mayWithdraw(consent.patientId)) throw new CaseError('There is no such consent.');
    await markWithdrawn(clinic, consent, withdrawal.how, withdrawal.now);
    return takeDown(clinic, consent.id, withdrawal.now);
  });
  await removePictures(files, context.clinicId, gone);
}

/** Ends every case of a consent and returns the names of the files that may go from the disk. */
async function takeDown(
  clinic: ClinicTransaction,
  consentId: string,
  now: number,
): Promise<readonly string[]> {
  const { tx, clinicId } = clinic;
  const cases = (await selectCases(clinic).where('consent_id', '=', consentId).forUpdate().execute()).map(
    caseOf,
  );
  const fileIds: string[] = [];
  for (const { id, publishedVersion } of cases) {
    const clips = await tx
      .selectFrom('case_clip')
      .select('file_id')
      .where('clinic_id', '=', clinicId)
      .where('case_id', '=', id)
      .where('file_id', 'is not', null)
      .execute();
    fileIds.push(...clips.flatMap(({ file_id }) => (file_id === null ? [] : [file_id])));
    await tx
      .updateTable('case_clip')
      .set({ file_id: null, removed_at: new Date(now) })
      .where('clinic_id', '=', clinicId)
      .where('case_id', '=', id)
      .where('removed_at', 'is', null)
      .execute();
    await tx
      .updateTable('case_study')
      .set({ status: 'withdrawn', withdrawn_at: new Date(now) })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .execute();
    await record(clinic, {
      action: 'case.withdrawn',
      subject: { kind: 'case', id },
      detail: { was_public: publishedVersion !== null, files: clips.length },
    });
  }
  return forgetPictures(clinic, [...new Set(fileIds)], now);
}
