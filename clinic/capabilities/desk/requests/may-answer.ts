import type { FastifyRequest } from 'fastify';

/** Whoever may open an examination writes down what came of its referral; the front desk sees who waits, and no more. */
export function mayAnswerReferrals({ staff }: Pick<FastifyRequest, 'staff'>): boolean {
  return staff !== null && staff.role !== 'front_desk';
}
