import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { filesOf } from '../../platform/files/index.ts';
import type { Platform } from '../../platform/web/server.ts';
import { notFound, UserError } from '../../platform/web/user-error.ts';
import { portalOf, requirePatient } from '../accounts/index.ts';
import { answerConsent, CaseError, lockConsent, withdrawConsent } from '../library/index.ts';
import { isUuid } from '../settings/index.ts';
import { readPeople } from './read-people.ts';

/** A patient's answer to whether pictures may be shown, and taking it back. */
export async function publicationRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const options = {
    preHandler: requirePatient(),
    config: { rateLimit: { max: 30, timeWindow: 60_000 } },
  };
  for (const [what, says] of [
    ['give', 'yes'],
    ['decline', 'no'],
  ] as const)
    app.post(`/my/publications/:id/${what}`, options, (request, reply) =>
      pressed(request, reply, async (id) => {
        await inClinic(request.context, async (clinic) => {
          const people = await readPeople(clinic, portalOf(request).email);
          const consent = await lockConsent(clinic, id);
          if (!consent || !people.some((person) => person.id === consent.patientId))
            throw notFound('question');
          await answerConsent(clinic, id, { says, how: 'portal', now: platform.clock.now() });
        });
      }),
    );

  app.post('/my/publications/:id/withdraw', options, (request, reply) =>
    pressed(request, reply, async (id) => {
      const people = await inClinic(request.context, (clinic) => readPeople(clinic, portalOf(request).email));
      const isTheirs = (patientId: string) => people.some((person) => person.id === patientId);
      const withdrawal = { consentId: id, how: 'portal', now: platform.clock.now() } as const;
      await withdrawConsent(request.context, filesOf(platform.config), withdrawal, isTheirs);
    }),
  );
}

/** Somebody else's question, and one that nobody was asked, look alike. */
async function pressed(
  request: FastifyRequest,
  reply: FastifyReply,
  work: (id: string) => Promise<void>,
): Promise<FastifyReply> {
  const { id = '' } = request.params as { id?: string };
  if (!isUuid(id)) throw notFound('question');
  try {
    await work(id);
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    throw new UserError(409, 'This was answered already', `${error.message} Your page shows how it stands.`, {
      href: '/my#publications',
      label: 'Go to your page',
    });
  }
  return reply.redirect('/my#publications', 303);
}
