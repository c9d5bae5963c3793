import type { FastifyInstance } from 'fastify';
import { uploadRoutes } from '../../../../platform/uploads/index.ts';
import type { Platform } from '../../../../platform/web/server.ts';
import { requireStaff } from '../../../accounts/index.ts';
import { IMAGING } from '../../core/paths.ts';
import { CLIPS } from './clips-kind.ts';

/** How clips come onto an examination by a person's hand. */
export async function clipUploadRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  await uploadRoutes(app, platform, {
    kind: CLIPS,
    base: IMAGING,
    study: 'ultrasound',
    guard: requireStaff('clinician', 'owner'),
    wanted: 'Please send clips from the form on our page.',
  });
}
