import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type FormErrors, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { isUuid } from '../../settings/index.ts';
import { EXCEPTIONS } from '../core/paths.ts';
import { ExceptionsPage } from './exceptions-page.tsx';
import { readExceptions, reviewException } from './read-exceptions.ts';

const LONGEST_NOTE = 1000;

/** The owner's page of the reasons that were given against the safety rule. */
export async function exceptionsRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const owner = { preHandler: requireStaff('owner') };
  app.get(EXCEPTIONS, owner, (request, reply) => send(platform, request, reply, formValues(request.query)));
  app.post<{ Params: { id: string } }>(`${EXCEPTIONS}/:id`, owner, async (request, reply) => {
    const { id } = request.params;
    if (!isUuid(id)) throw notFound('reason');
    const values = formValues(request.body);
    const note = (values.note ?? '').trim();
    if (note === '' || note.length > LONGEST_NOTE) {
      const message =
        note === ''
          ? 'Write a note, such as what you agreed on.'
          : `Keep the note under ${LONGEST_NOTE} letters.`;
      return send(platform, request, reply, values, { id, values, errors: { note: message } });
    }
    const review = { id, note, by: request.staff?.userId ?? '', now: platform.clock.now() };
    if (!(await inClinic(request.context, (clinic) => reviewException(clinic, review))))
      throw new UserError(409, 'Somebody was faster', 'This reason has been reviewed, or it is not there.', {
        href: EXCEPTIONS,
        label: 'Back to the reasons',
      });
    return reply.redirect(`${EXCEPTIONS}?said=reviewed${values.show === 'all' ? '&show=all' : ''}`, 303);
  });
}

async function send(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  { show, said }: Readonly<Record<string, string>>,
  typed: (FormErrors & { readonly id: string }) | null = null,
): Promise<FastifyReply> {
  const only = show === 'all' ? 'all' : 'open';
  const exceptions = await inClinic(request.context, async (clinic) => {
    await record(clinic, { action: 'exceptions.viewed' });
    return readExceptions(clinic, only);
  });
  const page = (
    <ExceptionsPage
      clinic={request.clinic}
      {...{ exceptions, only, typed }}
      said={said === 'reviewed' ? 'Reviewed.' : null}
    />
  );
  const head = { title: 'Reasons given when signing', current: 'imaging' } as const;
  return sendPage(reply, await deskPage(platform, request, head, page), { status: typed ? 422 : 200 });
}
