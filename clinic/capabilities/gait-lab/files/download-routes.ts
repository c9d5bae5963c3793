import { existsSync } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { readUpload } from '../../../platform/uploads/index.ts';
import { attachment } from '../../../platform/web/attachment.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { requireStaff } from '../../accounts/index.ts';
import { idOf, isUuid } from '../../settings/index.ts';
import { studyPath } from '../sessions/paths.ts';

/** The original files of a session as they came, refused ones included, for the people who treat its person. */
export function downloadRoutes(app: FastifyInstance, platform: Platform): void {
  app.get(
    '/desk/gait/:id/files/:file',
    { preHandler: requireStaff('clinician', 'owner') },
    async (request, reply) => {
      const [studyId, fileId] = [idOf(request), fileOf(request)];
      const file = await inClinic(request.context, async (clinic) => {
        const found = await readUpload(clinic, studyId, fileId);
        if (found?.status !== 'ready' && found?.status !== 'refused') return null;
        await record(clinic, {
          action: 'file.downloaded',
          subject: { kind: 'file', id: fileId },
          detail: { study: studyId },
        });
        return found;
      });
      if (!file?.sha256) throw notFound('file');
      const stored = { clinicId: request.context.clinicId, sha256: file.sha256 };
      const files = filesOf(platform.config);
      if (!existsSync(files.pathOf(stored)))
        throw new UserError(
          410,
          'This file is not on the disk any more',
          'Please tell whoever looks after this machine: a back-up may hold it.',
          { href: studyPath(studyId), label: 'Back to the session' },
        );
      return attachment(reply, file.name, 'application/octet-stream')
        .header('content-length', file.sizeBytes)
        .send(files.stream(stored));
    },
  );
}

function fileOf(request: FastifyRequest): string {
  const { file } = request.params as { readonly file?: string };
  if (!file || !isUuid(file)) throw notFound('file');
  return file;
}
