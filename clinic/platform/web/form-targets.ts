import type { FastifyReply } from 'fastify';

/**
 * Lets the forms of this answer's page lead to other origins as well. A browser holds a form to the policy of its
 * page through every redirect, so a form that ends at a provider needs the provider's origin named there.
 */
export function allowFormTargets(reply: FastifyReply, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const policy = String(reply.getHeader('content-security-policy') ?? '');
  reply.header(
    'content-security-policy',
    policy.replace("form-action 'self'", `form-action 'self' ${origins.join(' ')}`),
  );
}
