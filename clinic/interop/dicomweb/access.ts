import type { FastifyRequest } from 'fastify';
import { type Machine, machineOfToken } from '../../capabilities/imaging/index.ts';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { DoorError } from './door-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The machine whose token came with the request; null for staff. */
    imagingMachine: Machine | null;
  }
}

/** How long a web process may answer from what it last read of a token, as with the clinic's own settings. */
const FRESH_MS = 2_000;
const MOST_KNOWN = 1_000;

export type Access = (request: FastifyRequest) => Promise<void>;

/**
 * Who may come in by this door: a machine or program by its token, where it was given this right, and clinicians and
 * owners by their session. Their queries are signed by whoever it is.
 */
export function createAccess(): Readonly<Record<'store' | 'read', Access>> {
  const known = new Map<string, { readonly at: number; readonly machine: Promise<Machine | null> }>();
  const find = (request: FastifyRequest, token: string): Promise<Machine | null> => {
    const key = `${request.context.clinicId} ${token}`;
    const entry = known.get(key);
    if (entry && performance.now() - entry.at < FRESH_MS) return entry.machine;
    if (known.size > MOST_KNOWN) known.clear();
    const machine = inClinic(request.context, (clinic) => machineOfToken(clinic, token));
    known.set(key, { at: performance.now(), machine });
    // A token that is made or taken into use in a moment is known at once.
    machine.then((found) => found || known.delete(key)).catch(() => known.delete(key));
    return machine;
  };
  const allow =
    (right: 'store' | 'read'): Access =>
    async (request) => {
      const { authorization } = request.headers;
      if (authorization === undefined) return allowStaff(request);
      const token = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
      const machine = token ? await find(request, token) : null;
      if (!machine) throw unknown('The token is not known here, or not in use.', ', error="invalid_token"');
      if (!(right === 'store' ? machine.mayStore : machine.mayRead))
        throw new DoorError(
          403,
          `${machine.name} may not ${RIGHTS[right]}. An owner can allow it on the page of machines.`,
        );
      request.imagingMachine = machine;
      request.context = { ...request.context, actor: { kind: 'system', id: `machine:${machine.id}` } };
    };
  return { store: allow('store'), read: allow('read') };
}

const RIGHTS = { store: 'store clips', read: 'fetch clips' } as const;

function allowStaff(request: FastifyRequest): void {
  const { staff } = request;
  if (!staff) throw unknown('Send the token of a machine, or sign in.');
  if (staff.role !== 'clinician' && staff.role !== 'owner')
    throw new DoorError(403, 'Pictures are open to clinicians and owners.');
  request.context = { ...request.context, actor: { kind: 'staff', id: staff.userId, role: staff.role } };
}

function unknown(words: string, error = ''): DoorError {
  return new DoorError(401, words, { 'www-authenticate': `Bearer realm="dicomweb"${error}` });
}
