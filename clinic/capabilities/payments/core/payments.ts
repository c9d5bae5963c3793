import type { ClinicContext } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { Platform } from '../../../platform/web/server.ts';
import type { Provider } from '../providers/provider.ts';

/** Who deals with money in which clinic, on which platform. */
export interface Payments {
  readonly context: ClinicContext;
  readonly clinic: Clinic;
  readonly platform: Platform;
  /** Whoever takes money on pages of their own; null where the clinic takes it only at the desk. */
  readonly provider: Provider | null;
}
