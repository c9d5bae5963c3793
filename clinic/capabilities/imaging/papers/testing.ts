import type { FastifyInstance } from 'fastify';
import type { StaffRole } from '../../../platform/database/schema.ts';

/** Stands in for the session that the accounts capability finds: the role is what a test says in `x-role`. */
export async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    request.staff = role
      ? { userId: 'ines', name: 'Inês Duarte', email: 'ines@example.org', role, resourceId: null }
      : null;
  });
}
