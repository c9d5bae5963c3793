import type { Clinic } from '../../../platform/web/clinics.ts';

type OfClinic = Pick<Clinic, 'id' | 'demo'>;

/**
 * The address under which the auth schema knows a patient of this clinic. A demo clinic sends no mail and shows the
 * sign-in link on its page, so nobody proves a mailbox there: its patients get identities of their own, which no
 * real clinic of the same installation ever finds.
 */
export function identityAddress(clinic: OfClinic, email: string): string {
  return `${email.trim().toLowerCase()}${clinic.demo ? suffix(clinic) : ''}`;
}

/** The patient's own address within an identity's, or null when the identity belongs to no patient of this clinic. */
export function patientAddress(clinic: OfClinic, address: string): string | null {
  if (!clinic.demo) return address.endsWith('.simulated.invalid') ? null : address;
  return address.endsWith(suffix(clinic)) ? address.slice(0, -suffix(clinic).length) : null;
}

function suffix({ id }: OfClinic): string {
  return `.${id}.simulated.invalid`;
}
