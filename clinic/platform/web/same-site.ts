import type { FastifyRequest } from 'fastify';
import { UserError } from './user-error.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a form that another site sent. Browsers say where a request comes from (Sec-Fetch-Site, or Origin in
 * older ones) and no page can forge it, so no token has to be carried through forms. Programs that send
 * neither header carry no cookies of a victim.
 * Source: Fetch Metadata Request Headers, W3C; OWASP Cross-Site Request Forgery Prevention.
 */
export function refuseOtherSites(request: FastifyRequest): void {
  if (SAFE.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const sameSite =
    site === 'same-origin' ||
    site === 'none' ||
    (site === undefined && (!origin || hostOf(origin) === request.host));
  // A browser that sends both must agree with itself.
  const sameOrigin = !origin || hostOf(origin) === request.host;
  if (sameSite && sameOrigin) return;
  throw new UserError(
    403,
    'This form came from another site',
    'For your safety we only accept forms that were filled in here. Nothing was changed.',
    { href: '/', label: 'Open the clinic’s own page' },
  );
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
