import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { clinicOrigin } from '../../../platform/web/clinic-origin.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { idOf } from '../../settings/index.ts';
import { MACHINES } from '../core/paths.ts';
import { readAeTitle } from './ae-title.ts';
import { saveAeTitle } from './change-ae-title.ts';
import {
  addMachine,
  giveToken,
  machineValues,
  revokeToken,
  saveMachine,
  useMachine,
} from './change-machine.ts';
import { listMachines, readMachine } from './machine.ts';
import { AddMachinePage, MachinePage, type MachinePageProps } from './machine-page.tsx';
import { MachinesPage } from './machines-page.tsx';

const owner = { preHandler: requireStaff('owner') };
/** Where the DICOMweb services stand below the clinic's address. */
const DICOMWEB = '/dicomweb';
const NEW: FormErrors = { values: { mayStore: 'yes' }, errors: {} };

/** The owner's pages of machines: the list, the clinic's own title, each machine with its rights and its token. */
export async function machinesRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    page: { readonly title: string; readonly status?: number },
    children: ComponentChildren,
  ) =>
    sendPage(reply, await deskPage(platform, request, { title: page.title, current: 'imaging' }, children), {
      status: page.status ?? 200,
    });
  const showList = async (request: FastifyRequest, reply: FastifyReply, refused?: FormErrors) => {
    const [machines, aeTitle] = await inClinic(request.context, async (clinic) => [
      await listMachines(clinic),
      await readAeTitle(clinic),
    ]);
    const { dimsePort: port, dimseHost: host, publicUrl } = platform.config;
    const page = (
      <MachinesPage
        clinic={request.clinic}
        machines={machines}
        ownTitle={refused ?? { values: { ownTitle: aeTitle ?? '' }, errors: {} }}
        connect={{
          dimse: port ? { host, port } : null,
          aeTitle,
          dicomweb: `${clinicOrigin(publicUrl, request.clinic.hosts)}${DICOMWEB}`,
        }}
      />
    );
    return show(request, reply, { title: 'Machines', status: refused ? 422 : 200 }, page);
  };

  app.get(MACHINES, owner, (request, reply) => showList(request, reply));
  app.post(`${MACHINES}/own-title`, owner, async (request, reply) => {
    const saved = await saveAeTitle(request.context, request.body);
    return saved.ok ? reply.redirect(MACHINES, 303) : showList(request, reply, saved.form);
  });

  app.get(`${MACHINES}/new`, owner, (request, reply) =>
    show(request, reply, { title: 'Add a machine' }, <AddMachinePage form={NEW} />),
  );
  app.post(`${MACHINES}/new`, owner, async (request, reply) => {
    const added = await addMachine(request.context, request.body);
    if (added.ok) return reply.redirect(`${MACHINES}/${added.id}?saved`, 303);
    const page = <AddMachinePage form={added.form} />;
    return show(request, reply, { title: 'Add a machine', status: added.status }, page);
  });

  const showMachine = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { status = 200, form, token = null }: { status?: number; form?: FormErrors; token?: string | null },
  ) => {
    const machine = await inClinic(request.context, (clinic) => readMachine(clinic, idOf(request)));
    if (!machine) throw notFound('machine');
    const props: MachinePageProps = {
      clinic: request.clinic,
      machine,
      form: form ?? { values: machineValues(machine), errors: {} },
      token,
      saved: request.method === 'GET' && new URL(request.url, 'http://desk').searchParams.has('saved'),
    };
    return show(request, reply, { title: machine.name, status }, <MachinePage {...props} />);
  };

  app.get(`${MACHINES}/:id`, owner, (request, reply) => showMachine(request, reply, {}));
  app.post(`${MACHINES}/:id`, owner, async (request, reply) => {
    const saved = await saveMachine(request.context, idOf(request), request.body);
    if (!saved) throw notFound('machine');
    if (saved.ok) return reply.redirect(`${MACHINES}/${idOf(request)}?saved`, 303);
    return showMachine(request, reply, saved);
  });
  app.post(`${MACHINES}/:id/token`, owner, async (request, reply) => {
    const token = await giveToken(request.context, idOf(request));
    if (!token) throw notFound('machine');
    return showMachine(request, reply.header('cache-control', 'no-store'), { token });
  });
  const actions = {
    revoke: revokeToken,
    retire: (...[context, id]: Parameters<typeof revokeToken>) => useMachine(context, id, false),
    restore: (...[context, id]: Parameters<typeof revokeToken>) => useMachine(context, id, true),
  } as const;
  for (const [verb, act] of Object.entries(actions))
    app.post(`${MACHINES}/:id/${verb}`, owner, async (request, reply) => {
      if (!(await act(request.context, idOf(request)))) throw notFound('machine');
      return reply.redirect(`${MACHINES}/${idOf(request)}?saved`, 303);
    });
}
