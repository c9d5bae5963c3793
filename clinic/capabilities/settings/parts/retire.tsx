import type { Clinic } from '../../../platform/web/clinics.ts';
import { PostButton } from './fields.tsx';
import { type StandingAppointment, StandingList } from './standing.tsx';

/** Takes a site, a service or a resource out of use, or brings it back. What is booked stays booked. */
export function Retire(props: {
  action: string;
  name: string;
  active: boolean;
  effect: string;
  clinic: Clinic;
  standing: readonly StandingAppointment[];
}) {
  const { action, name, active, effect, clinic, standing } = props;
  return (
    <section class="retire" aria-labelledby="retire">
      <h2 id="retire">{active ? 'Take out of use' : 'Out of use'}</h2>
      <p class="small">{active ? effect : `${name} cannot be booked. Its history stays.`}</p>
      {active && <StandingList clinic={clinic} appointments={standing} where="with it" />}
      <PostButton
        action={`${action}/${active ? 'retire' : 'restore'}`}
        label={active ? `Take ${name} out of use` : `Use ${name} again`}
      />
    </section>
  );
}
