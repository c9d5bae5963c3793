import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { CheckField, PostButton, SettingsForm, TextField } from '../../settings/index.ts';
import { MACHINES } from '../core/paths.ts';
import type { Machine } from './machine.ts';

/** The fields of a machine, new or known. */
export function MachineForm({ action, form }: { action: string; form: FormErrors }) {
  return (
    <SettingsForm action={action} form={form} submit="Save" back={MACHINES}>
      <TextField
        form={form}
        name="name"
        label="Name"
        hint="As people here call it, such as “Ultrasound in room 2”."
        max={120}
      />
      <TextField
        form={form}
        name="aeTitle"
        label="AE title"
        hint="What the machine calls itself where it speaks DIMSE; its settings say. A program with a token needs none."
        optional
        max={16}
      />
      <CheckField form={form} name="mayStore" label="May send clips, and see the worklist" />
      <CheckField
        form={form}
        name="mayRead"
        label="May search and fetch clips"
        hint="Of everybody in the clinic: only for programs that you trust with that."
      />
    </SettingsForm>
  );
}

export function AddMachinePage({ form }: { form: FormErrors }) {
  return (
    <>
      <Crumbs />
      <h1>Add a machine</h1>
      <MachineForm action={`${MACHINES}/new`} form={form} />
    </>
  );
}

export interface MachinePageProps {
  readonly clinic: Clinic;
  readonly machine: Machine;
  readonly form: FormErrors;
  /** A token that was made just now, to be shown this once. */
  readonly token: string | null;
  readonly saved: boolean;
}

export function MachinePage({ clinic, machine, form, token, saved }: MachinePageProps) {
  const here = `${MACHINES}/${machine.id}`;
  return (
    <>
      <Crumbs />
      <h1>{machine.name}</h1>
      <p class="soft">
        {machine.active ? 'In use' : 'Out of use'},{' '}
        {machine.lastSeenAt
          ? `last seen ${shortMoment(machine.lastSeenAt, clinic.timeZone, clinic.locale)}`
          : 'never seen'}
        .
      </p>
      {saved && <Notice kind="good" title="Saved" live />}
      {token && <NewToken token={token} />}
      <MachineForm action={here} form={form} />
      <section class="retire" aria-labelledby="token">
        <h2 id="token">Token for DICOMweb</h2>
        <p class="small">
          {machine.tokenPrefix ? (
            <>
              It has one, which begins with <code>{machine.tokenPrefix}</code>. A new one takes its place at
              once.
            </>
          ) : (
            'It has none. Programs that send or fetch over the web need one; a machine that speaks DIMSE does not.'
          )}
        </p>
        <div class="row">
          <PostButton
            action={`${here}/token`}
            label={machine.tokenPrefix ? 'Make a new token' : 'Make a token'}
          />
          {machine.tokenPrefix && (
            <PostButton action={`${here}/revoke`} label="Revoke the token" kind="danger" />
          )}
        </div>
      </section>
      <section class="retire" aria-labelledby="use">
        <h2 id="use">{machine.active ? 'Take out of use' : 'Out of use'}</h2>
        <p class="small">
          {machine.active
            ? 'It is turned away from then on. The clips that it sent stay.'
            : 'It is turned away. The clips that it sent are still here.'}
        </p>
        <PostButton
          action={`${here}/${machine.active ? 'retire' : 'restore'}`}
          label={machine.active ? `Take ${machine.name} out of use` : `Use ${machine.name} again`}
        />
      </section>
    </>
  );
}

function NewToken({ token }: { token: string }) {
  return (
    <Notice kind="mark" title="The new token: copy it now, it is not shown again" live>
      <pre class="copy-line">
        <code>{token}</code>
      </pre>
      <p class="small">
        Whoever has it may do what the machine may. Only its first letters are kept here, to know it again by.
      </p>
    </Notice>
  );
}

function Crumbs() {
  return (
    <p class="crumbs">
      <a href={MACHINES}>‹ Machines</a>
    </p>
  );
}
