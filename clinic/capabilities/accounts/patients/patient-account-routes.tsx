import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formValues } from '../../../platform/web/form.ts';
import { publicPage } from '../../../platform/web/public-page.tsx';
import { sendPage } from '../../../platform/web/server.ts';
import { deviceName } from './device-name.ts';
import { nameAt } from './known-address.ts';
import { addOptions, newPasskey, type Place, placeOf } from './passkey-ceremonies.ts';
import { PatientAccountPage } from './patient-account-page.tsx';
import { portalOf, requirePatient } from './patient-hooks.ts';
import type { PatientKit } from './patient-kit.ts';
import { queuePasskeyAdded } from './patient-mails.ts';
import { forgetPatient, note } from './patient-sign-in-routes.tsx';

const MOST_PASSKEYS = 10;
const ISLAND = 'capabilities/accounts/islands/passkeys';
const DONE: Readonly<Record<string, string>> = {
  added: 'This device now opens your page. We also wrote to you about it.',
  renamed: 'The passkey has its new name.',
  removed: 'That passkey no longer opens your page. Your device may still list it; delete it there as well.',
};
const guarded = { preHandler: requirePatient() };
const limited = { ...guarded, config: { rateLimit: { max: 20, timeWindow: 60_000 } } };

/** How a patient signs in: passkeys, their names, and signing out everywhere. */
export function patientAccountRoutes(app: FastifyInstance, kit: PatientKit): void {
  app.get('/my/account', guarded, (request, reply) =>
    show(kit, request, reply, { done: DONE[formValues(request.query).done ?? ''] }),
  );
  app.post('/my/account/passkeys', limited, (request, reply) => postAdd(kit, request, reply));
  app.post('/my/account/passkeys/change', limited, (request, reply) => postChange(kit, request, reply));
  app.post('/my/account/sign-out-everywhere', limited, async (request, reply) => {
    const { userId } = portalOf(request);
    await kit.sessions.endAll(request.clinic, userId);
    await note(request, userId, 'portal.signed_out', 'everywhere');
    forgetPatient(kit, reply);
    return reply.redirect('/my/sign-in', 303);
  });
}

async function show(
  kit: PatientKit,
  request: FastifyRequest,
  reply: FastifyReply,
  news: { readonly done?: string | undefined; readonly problem?: string },
) {
  const visitor = portalOf(request);
  const place = placeOf(request, kit.platform.config.publicUrl);
  const passkeys = place ? await kit.passkeys.of(visitor.userId, place.rpId) : [];
  const body = (
    <PatientAccountPage
      {...news}
      clinic={request.clinic}
      email={visitor.email}
      passkeys={passkeys}
      passkeyOptions={
        place && passkeys.length < MOST_PASSKEYS
          ? await optionsFor(kit, request, reply, place, passkeys)
          : null
      }
      deviceName={deviceName(request.headers['user-agent'])}
    />
  );
  const options = { title: 'Signing in', islands: [ISLAND], noIndex: true, dock: false };
  const page = publicPage(kit.platform.assets, request, options, body);
  return sendPage(reply, page, { status: news.problem ? 422 : 200 });
}

function optionsFor(
  kit: PatientKit,
  request: FastifyRequest,
  reply: FastifyReply,
  place: Place,
  known: Parameters<typeof addOptions>[2]['known'],
): Promise<string> {
  const { userId, email } = portalOf(request);
  const challenge = kit.challenges.add.give(request, reply, userId);
  return addOptions(place, challenge, { userId, email, clinicName: request.clinic.name, known });
}

async function postAdd(kit: PatientKit, request: FastifyRequest, reply: FastifyReply) {
  const { userId, email } = portalOf(request);
  const { credential = '', name = '' } = formValues(request.body);
  const place = placeOf(request, kit.platform.config.publicUrl);
  const challenge = kit.challenges.add.take(request, reply, userId);
  const called = name.trim().slice(0, 60) || deviceName(request.headers['user-agent']);
  const passkey =
    place && challenge ? await newPasskey(place, challenge, credential, { userId, name: called }) : null;
  const room = passkey && (await kit.passkeys.of(userId, passkey.rpId)).length < MOST_PASSKEYS;
  if (!passkey || !room || !(await kit.passkeys.add(passkey))) {
    const problem = 'The passkey could not be added. Please try once more.';
    return show(kit, request, reply, { problem });
  }
  const to = { userId, email, name: (await nameAt(request.context, email)) ?? email };
  await queuePasskeyAdded(kit, request.context, request.clinic, to);
  return reply.redirect('/my/account?done=added', 303);
}

async function postChange(kit: PatientKit, request: FastifyRequest, reply: FastifyReply) {
  const { userId } = portalOf(request);
  const { id = '', name = '', act } = formValues(request.body);
  if (act === 'remove') {
    if (await kit.passkeys.remove(userId, id)) await note(request, userId, 'portal.passkey_removed');
    return reply.redirect('/my/account?done=removed', 303);
  }
  const called = name.trim();
  if (!called || called.length > 60 || !(await kit.passkeys.rename(userId, id, called))) {
    return show(kit, request, reply, { problem: 'A name has 1 to 60 characters.' });
  }
  return reply.redirect('/my/account?done=renamed', 303);
}
