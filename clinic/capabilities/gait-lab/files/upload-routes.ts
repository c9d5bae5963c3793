import type { FastifyInstance } from 'fastify';
import { uploadRoutes as takeUploads } from '../../../platform/uploads/index.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { requireStaff } from '../../accounts/index.ts';
import { GAIT_LAB } from '../sessions/paths.ts';
import { downloadRoutes } from './download-routes.ts';
import { WALKS } from './settle-walk.ts';

/** How files come to a session, and go as they came. */
export async function uploadRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  downloadRoutes(app, platform);
  await takeUploads(app, platform, {
    kind: WALKS,
    base: GAIT_LAB,
    study: 'gait',
    guard: requireStaff('clinician', 'owner'),
    wanted: 'Please send C3D files from the form on our page.',
    after: ({ context }) => platform.wake?.('studies', context.clinicId),
  });
}
