import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { ErrorSummary } from '../../../platform/web/layout/index.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { TextField } from '../../settings/index.ts';
import { IMAGING, MACHINES } from '../core/paths.ts';
import { Connect, type ConnectProps } from './connect-part.tsx';
import type { Machine } from './machine.ts';

export interface MachinesPageProps {
  readonly clinic: Clinic;
  readonly machines: readonly Machine[];
  readonly ownTitle: FormErrors;
  readonly connect: Omit<ConnectProps, 'machines'>;
}

/** The machines and programs that may send clips or fetch them, and how they reach the clinic. */
export function MachinesPage({ clinic, machines, ownTitle, connect }: MachinesPageProps) {
  return (
    <>
      <p class="crumbs">
        <a href={IMAGING}>‹ Ultrasound</a>
      </p>
      <h1>Machines</h1>
      <p class="lede">
        Only the machines and programs on this list may send clips to the clinic or fetch them. Whatever else
        calls is turned away.
      </p>
      <div class="two-columns machines">
        <section class="stack" aria-labelledby="known-machines">
          <h2 id="known-machines">On the list</h2>
          <p>
            <a class="btn primary" href={`${MACHINES}/new`}>
              Add a machine
            </a>
          </p>
          {machines.length === 0 ? (
            <p class="soft">None yet. Add the ultrasound machine, then enter the clinic’s address in it.</p>
          ) : (
            <ul class="settings-list">
              {machines.map((machine) => (
                <MachineLine key={machine.id} machine={machine} clinic={clinic} />
              ))}
            </ul>
          )}
        </section>
        <div class="stack">
          <OwnTitle form={ownTitle} />
          <Connect {...connect} machines={machines} />
        </div>
      </div>
    </>
  );
}

function MachineLine({ machine, clinic }: { machine: Machine; clinic: Clinic }) {
  const { name, aeTitle, tokenPrefix, active, lastSeenAt } = machine;
  const seen = lastSeenAt
    ? `last seen ${shortMoment(lastSeenAt, clinic.timeZone, clinic.locale)}`
    : 'never seen';
  return (
    <li>
      <a href={`${MACHINES}/${machine.id}`}>{name}</a>
      {active ? (
        <span class="badge" data-kind={rightsOf(machine) ? 'good' : 'warn'}>
          {rightsOf(machine) ?? 'May do nothing'}
        </span>
      ) : (
        <span class="badge">Out of use</span>
      )}
      <small class="soft">
        {[
          aeTitle ? `AE title ${aeTitle}` : null,
          tokenPrefix ? `token ${tokenPrefix}…` : null,
          aeTitle || tokenPrefix ? null : 'neither AE title nor token',
          seen,
        ]
          .filter(Boolean)
          .join(', ')}
      </small>
    </li>
  );
}

function rightsOf({ mayStore, mayRead }: Machine): string | null {
  if (mayStore && mayRead) return 'Sends and fetches';
  if (mayStore) return 'Sends';
  return mayRead ? 'Fetches' : null;
}

function OwnTitle({ form }: { form: FormErrors }) {
  return (
    <section class="stack" aria-labelledby="own-title">
      <h2 id="own-title">The clinic’s own name</h2>
      <form method="post" action={`${MACHINES}/own-title`} class="stack" novalidate>
        <ErrorSummary errors={Object.entries(form.errors).map(([field, message]) => ({ field, message }))} />
        <TextField
          form={form}
          name="ownTitle"
          label="AE title of the clinic"
          hint="What machines call when they send over DICOM’s own network protocol, such as HARBOUR. Machines that know the old one must be told."
          max={16}
        />
        <p>
          <button type="submit">Save the title</button>
        </p>
      </form>
    </section>
  );
}
