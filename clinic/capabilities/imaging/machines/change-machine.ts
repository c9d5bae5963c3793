import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  errorCode,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import { type FormValues, readForm } from '../../../platform/web/form.ts';
import { changedMeanwhile, fingerprint, line, refused, type Saved, ticked } from '../../settings/index.ts';
import { isAeTitle } from './ae-title.ts';
import { type Machine, readMachine } from './machine.ts';
import { newToken } from './token.ts';

export const AE_TITLE_RULE = 'Letters, digits and signs without a space, at most 16, such as SONO_1';
const UNIQUE_VIOLATION = '23505';
const TAKEN = 'Another machine of the clinic has this AE title';

const schema = z.object({
  name: line('a name', 120),
  aeTitle: z
    .string()
    .default('')
    .transform((value) => value.trim())
    .refine((value) => value === '' || isAeTitle(value), AE_TITLE_RULE),
  mayStore: ticked,
  mayRead: ticked,
});

/** A machine as the fields of its form. */
export function machineValues(machine: Machine): FormValues {
  return { ...fieldsOf(machine), seen: fingerprint(fieldsOf(machine)) };
}

function fieldsOf({ name, aeTitle, mayStore, mayRead }: Machine): FormValues {
  return { name, aeTitle: aeTitle ?? '', mayStore: mayStore ? 'yes' : '', mayRead: mayRead ? 'yes' : '' };
}

/** Adds the posted machine. */
export async function addMachine(
  context: ClinicContext,
  body: unknown,
): Promise<{ readonly ok: true; readonly id: string } | Exclude<Saved, { ok: true }>> {
  const form = readForm(schema, body);
  if (!form.ok) return notSaved(form.values, form.errors);
  const { name, aeTitle, mayStore, mayRead } = form.value;
  try {
    return await inClinic(context, async (clinic) => {
      const { id } = await clinic.tx
        .insertInto('imaging_machine')
        .values({
          clinic_id: clinic.clinicId,
          name,
          ae_title: aeTitle || null,
          may_store: mayStore,
          may_read: mayRead,
          created_by: clinic.actor.id,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await note(clinic, 'machine.added', id);
      return { ok: true, id };
    });
  } catch (error) {
    if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
    return notSaved(form.values, { aeTitle: TAKEN });
  }
}

/** Saves the posted machine; null where the clinic has none of this id. */
export async function saveMachine(context: ClinicContext, id: string, body: unknown): Promise<Saved | null> {
  const form = readForm(schema, body);
  if (!form.ok) return refused(form.values, form.errors);
  const { name, aeTitle, mayStore, mayRead } = form.value;
  try {
    return await inClinic(context, async (clinic) => {
      const machine = await lockMachine(clinic, id);
      if (!machine) return null;
      const { seen = '' } = machineValues(machine);
      if (seen !== form.values.seen) return changedMeanwhile(form.values, seen);
      await change(clinic, id, {
        name,
        ae_title: aeTitle || null,
        may_store: mayStore,
        may_read: mayRead,
      });
      await note(clinic, 'machine.changed', id);
      return { ok: true };
    });
  } catch (error) {
    if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
    return refused(form.values, { aeTitle: TAKEN });
  }
}

/** Takes a machine out of use, or brings it back. False where the clinic has none of this id. */
export function useMachine(context: ClinicContext, id: string, active: boolean): Promise<boolean> {
  return inClinic(context, async (clinic) => {
    const machine = await lockMachine(clinic, id);
    if (!machine) return false;
    if (machine.active === active) return true;
    await change(clinic, id, { active });
    await note(clinic, active ? 'machine.restored' : 'machine.retired', id);
    return true;
  });
}

/** Gives a machine a token, which takes the place of any it had. It is told here once and never again. */
export function giveToken(context: ClinicContext, id: string): Promise<string | null> {
  const { token, hash, prefix } = newToken();
  return inClinic(context, async (clinic) => {
    const machine = await lockMachine(clinic, id);
    if (!machine) return null;
    await change(clinic, id, { token_hash: hash, token_prefix: prefix });
    await note(clinic, 'machine.token_given', id);
    return token;
  });
}

/** Whoever still holds the machine's token gets nothing with it any more. */
export function revokeToken(context: ClinicContext, id: string): Promise<boolean> {
  return inClinic(context, async (clinic) => {
    const machine = await lockMachine(clinic, id);
    if (!machine) return false;
    if (machine.tokenPrefix === null) return true;
    await change(clinic, id, { token_hash: null, token_prefix: null });
    await note(clinic, 'machine.token_revoked', id);
    return true;
  });
}

async function lockMachine(clinic: ClinicTransaction, id: string): Promise<Machine | null> {
  const { tx, clinicId } = clinic;
  await tx
    .selectFrom('imaging_machine')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .execute();
  return readMachine(clinic, id);
}

interface Change {
  readonly name?: string;
  readonly ae_title?: string | null;
  readonly may_store?: boolean;
  readonly may_read?: boolean;
  readonly active?: boolean;
  readonly token_hash?: Uint8Array | null;
  readonly token_prefix?: string | null;
}

async function change({ tx, clinicId }: ClinicTransaction, id: string, values: Change): Promise<void> {
  await tx
    .updateTable('imaging_machine')
    .set(values)
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .execute();
}

function note(clinic: ClinicTransaction, action: `machine.${string}`, id: string): Promise<void> {
  return record(clinic, { action, subject: { kind: 'machine', id } });
}

function notSaved(values: FormValues, errors: Readonly<Record<string, string>>) {
  return { ok: false, status: 422, form: { values, errors } } as const;
}
