import { PostButton } from '../../settings/index.ts';

/** The end of a form's page: out of use, or back. What was sold is not touched by either. */
export function UseOrRetire(props: { action: string; name: string; active: boolean; effect: string }) {
  const { action, name, active, effect } = props;
  return (
    <section class="retire" aria-labelledby="retire">
      <h2 id="retire">{active ? 'Take out of use' : 'Out of use'}</h2>
      <p class="small">{active ? effect : `${name} is not sold at the moment. What was sold stays.`}</p>
      <PostButton
        action={`${action}/${active ? 'retire' : 'restore'}`}
        label={active ? `Take ${name} out of use` : `Use ${name} again`}
      />
    </section>
  );
}
