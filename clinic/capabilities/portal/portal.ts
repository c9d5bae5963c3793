import type { VNode } from 'preact';
import type { ClinicTransaction } from '../../platform/database/in-clinic.ts';
import type { Clinic } from '../../platform/web/clinics.ts';
import type { Platform } from '../../platform/web/server.ts';
import type { PortalVisitor } from '../accounts/index.ts';
import type { Catalogue } from '../booking/index.ts';

/** Somebody whom the clinic knows under the visitor's address. */
export interface PortalPerson {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
}

/** One view of the portal: who looks, and whose things are shown. Every query of a section asks by these. */
export interface Portal {
  readonly platform: Platform;
  readonly clinic: Clinic;
  readonly catalogue: Catalogue;
  readonly visitor: PortalVisitor;
  /** Everybody under the visitor's address; nobody where they only pay for others. */
  readonly people: readonly PortalPerson[];
  /** The one who was chosen among several, or null for all. */
  readonly chosen: PortalPerson | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A part of the portal's page. It reads what it shows, and returns null when there is nothing worth a heading. */
export interface PortalSection {
  readonly id: string;
  readonly show: (portal: Portal, clinic: ClinicTransaction) => Promise<VNode | null>;
}

/** The ids of those whose things are shown. */
export function shownIds({ people, chosen }: Portal): readonly string[] {
  return chosen ? [chosen.id] : people.map(({ id }) => id);
}

/**
 * For whom something is, where that does not go without saying: because the page shows several people, or because
 * the visitor pays for somebody else, whose `name` stands in the order.
 */
export function forWhom(
  { people, chosen }: Portal,
  patientId: string | null,
  name: string | null = null,
): string | null {
  const person = people.find(({ id }) => id === patientId);
  if (!person) return name;
  return people.length > 1 && !chosen ? fullName(person) : null;
}

export function fullName({ givenName, familyName }: PortalPerson): string {
  return `${givenName} ${familyName}`;
}
