import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type FormErrors, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { isUuid, slugFor } from '../../settings/index.ts';
import { StudyError } from '../core/study-error.ts';
import { NORMS } from '../sessions/paths.ts';
import { buildOwnNorms } from './build-own-norms.ts';
import { filtered, readFilter, readOwnNorms } from './own-norms-form.ts';
import { OwnNormsPage } from './own-norms-page.tsx';
import { type ReferenceSession, referenceSessions } from './reference-sessions.ts';

const LONGEST_ID = 80;

interface Shown {
  readonly form: FormErrors;
  readonly ticked: ReadonlySet<string>;
  readonly counted: boolean;
}

/** Building norms out of the clinic's own sessions: choose, count, build. */
export function ownNormsRoutes(app: FastifyInstance, platform: Platform): void {
  const owner = { preHandler: requireStaff('owner') };
  const path = `${NORMS}/own`;

  app.get(path, owner, async (request, reply) => {
    const values = {
      licence: 'Our own',
      citation: `Measured at ${request.clinic.name}, ${new Date(platform.clock.now()).getUTCFullYear()}`,
    };
    return send(platform, request, reply, {
      form: { values, errors: {} },
      ticked: new Set(),
      counted: false,
    });
  });

  app.post(path, owner, async (request, reply) => {
    const values = formValues(request.body);
    const ticked = new Set((values.session ?? '').split('\n').filter(isUuid));
    if (values.do !== 'build') {
      const counted = values.do === 'count';
      return send(platform, request, reply, { form: { values, errors: {} }, ticked, counted });
    }
    const typed = readOwnNorms(request.body);
    if (!typed.ok) return send(platform, request, reply.status(422), { form: typed, ticked, counted: true });
    const refused = await build(request, typed.value, ticked);
    if (refused === null) return reply.redirect(NORMS, 303);
    const form = { values, errors: { session: refused } };
    return send(platform, request, reply.status(422), { form, ticked, counted: true });
  });
}

/** Builds and installs, or says why not. */
async function build(
  request: FastifyRequest,
  typed: Extract<ReturnType<typeof readOwnNorms>, { ok: true }>['value'],
  ticked: ReadonlySet<string>,
): Promise<string | null> {
  const id = `own-${slugFor(typed.name, [], LONGEST_ID)}`;
  try {
    await inClinic(request.context, async (clinic) => {
      const chosen = fitting(await referenceSessions(clinic)).filter(({ studyId }) => ticked.has(studyId));
      await buildOwnNorms(clinic, { ...typed, id, simulated: request.clinic.demo }, chosen);
    });
    return null;
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    return error.message;
  }
}

function fitting(sessions: readonly ReferenceSession[]): readonly ReferenceSession[] {
  return sessions.filter(({ unfit }) => unfit === null);
}

async function send(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  { form, ticked, counted }: Shown,
): Promise<FastifyReply> {
  const sessions = await inClinic(request.context, referenceSessions);
  const known = new Set(
    fitting(sessions)
      .map(({ studyId }) => studyId)
      .filter((id) => ticked.has(id)),
  );
  const filter = readFilter(form.values);
  const page = (
    <OwnNormsPage
      clinic={request.clinic}
      sessions={filtered(sessions, filter, known)}
      ticked={known}
      {...{ filter, form, counted }}
    />
  );
  const title = { title: 'Norms of your own', current: 'gait' } as const;
  return sendPage(reply, await deskPage(platform, request, title, page), { status: reply.statusCode });
}
