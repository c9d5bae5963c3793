import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../platform/web/server.ts';

/** Everything of ultrasound that the desk shows and takes. */
export async function imagingRoutes(_app: FastifyInstance, _platform: Platform): Promise<void> {}
