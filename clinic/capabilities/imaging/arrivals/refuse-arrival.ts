import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { Arrival, TakenIn } from './arrival.ts';
import type { Refused } from './refusal.ts';
import { storeRefusal } from './store-refusal.ts';

/** Notes that something came which never became a whole file here, and why, for the clinic to see. */
export async function refuseArrival(
  context: ClinicContext,
  arrival: Arrival,
  refused: Refused,
): Promise<TakenIn> {
  const unknown = { sopUid: null, sopClass: null, studyUid: null };
  await inClinic(context, (clinic) =>
    storeRefusal(clinic, arrival, { ...refused, ...unknown, stored: null }),
  );
  return { kind: 'refused', ...refused, ...unknown };
}
