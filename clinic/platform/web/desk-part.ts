import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { ClinicTransaction } from '../database/in-clinic.ts';

/**
 * What another capability adds to a page of the desk, about what that page is about; null where it has nothing to say, or
 * nothing for the person who looks. A page knows nothing of its parts: the web process puts them in, so a capability may
 * add to pages of those that it builds on.
 */
export type DeskPart<Of> = (
  clinic: ClinicTransaction,
  request: FastifyRequest,
  of: Of,
) => Promise<VNode | null>;

/** Part after part, in the order in which they were put in. */
export async function showParts<Of>(
  parts: readonly DeskPart<Of>[],
  clinic: ClinicTransaction,
  request: FastifyRequest,
  of: Of,
): Promise<readonly VNode[]> {
  const shown: VNode[] = [];
  for (const part of parts) {
    const node = await part(clinic, request, of);
    if (node) shown.push(node);
  }
  return shown;
}

export interface PersonShown {
  readonly patientId: string;
}

export interface VisitShown {
  readonly appointmentId: string;
}

export interface OrderShown {
  readonly orderId: string;
}

/** A day at a site, instants in epoch milliseconds. */
export interface DayShown {
  readonly siteId: string;
  readonly start: number;
  readonly end: number;
  readonly timeZone: string;
}
