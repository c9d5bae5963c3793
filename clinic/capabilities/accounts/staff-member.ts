import type { StaffRole } from '../../platform/database/schema.ts';

/** Who works in the clinic that is asked for. */
export interface StaffMember {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: StaffRole;
  /** The resource that is this person, for clinicians. */
  readonly resourceId: string | null;
}

/** A role as people say it. */
export const ROLE_NAMES: Readonly<Record<StaffRole, string>> = {
  clinician: 'Clinician',
  front_desk: 'Front desk',
  owner: 'Owner',
};
