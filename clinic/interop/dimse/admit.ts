import {
  clinicOfAeTitle,
  isAeTitle,
  type Machine,
  machineOfAeTitle,
  readMachine,
} from '../../capabilities/imaging/index.ts';
import { record } from '../../platform/audit/record.ts';
import { type ClinicContext, inClinic } from '../../platform/database/in-clinic.ts';
import type { Database } from '../../platform/database/pool.ts';
import type { RefusalNotes } from './refusal-notes.ts';

/** Who calls whom, and from where. */
export interface Call {
  readonly called: string;
  readonly calling: string;
  readonly address: string;
}

/** A machine that was let in, and the clinic that it called. */
export interface Caller {
  readonly context: ClinicContext;
  readonly machine: Machine;
}

export type Admission =
  | ({ readonly kind: 'admitted' } & Caller)
  | { readonly kind: 'refused'; readonly unknown: 'called' | 'calling' };

export interface Gatekeeper {
  readonly db: Database;
  readonly notes: RefusalNotes;
  /** Writes a line for whoever runs the machine: where no clinic is called there is no log to write into. */
  say(line: string): void;
}

/**
 * Lets a machine in: the called title names the clinic, the calling one a machine of that clinic in use that may store.
 * Whoever is refused learns which of the two was not known, and nothing else.
 */
export async function admit(keeper: Gatekeeper, call: Call): Promise<Admission> {
  const clinicId = isAeTitle(call.called) ? await clinicOfAeTitle(keeper.db, call.called) : null;
  if (!clinicId) {
    if (keeper.notes.isNew(`called ${call.called}`))
      keeper.say(`DIMSE: ${call.address} called ${JSON.stringify(call.called)}, which is no clinic here.`);
    return { kind: 'refused', unknown: 'called' };
  }
  const context: ClinicContext = { db: keeper.db, clinicId, actor: { kind: 'system', id: 'dimse' } };
  const machine = isAeTitle(call.calling)
    ? await inClinic(context, (clinic) => machineOfAeTitle(clinic, call.calling))
    : null;
  if (machine && isAllowed(machine)) return { kind: 'admitted', context, machine };
  await noteStranger(keeper, context, call, machine);
  return { kind: 'refused', unknown: 'calling' };
}

/** Whether a machine that was let in earlier still may send: its owner may have changed that since. */
export async function isWelcome({ context, machine }: Caller): Promise<boolean> {
  const now = await inClinic(context, (clinic) => readMachine(clinic, machine.id));
  return now !== null && isAllowed(now) && now.aeTitle === machine.aeTitle;
}

function isAllowed({ active, mayStore }: Machine): boolean {
  return active && mayStore;
}

async function noteStranger(
  keeper: Gatekeeper,
  context: ClinicContext,
  call: Call,
  machine: Machine | null,
): Promise<void> {
  if (!keeper.notes.isNew(`calling ${context.clinicId} ${call.calling}`)) return;
  await inClinic(context, (clinic) =>
    record(clinic, {
      action: 'machine.refused',
      ...(machine ? { subject: { kind: 'machine', id: machine.id } } : {}),
      detail: { title: printable(call.calling), address: call.address },
    }),
  );
}

/** A title may hold anything at all; a log is read by people. */
function printable(title: string): string {
  return title.replace(/[^ -~]/g, '?').slice(0, 16);
}
