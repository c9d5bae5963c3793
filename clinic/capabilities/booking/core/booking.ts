import type { ClinicContext } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { Platform } from '../../../platform/web/server.ts';

/** Who books in which clinic, on which platform. */
export interface Booking {
  readonly context: ClinicContext;
  readonly clinic: Clinic;
  readonly platform: Platform;
}

/** The request's own view of the clinic, ready for booking. */
export function bookingOf(
  platform: Platform,
  request: { readonly context: ClinicContext; readonly clinic: Clinic },
): Booking {
  return { platform, context: request.context, clinic: request.clinic };
}
