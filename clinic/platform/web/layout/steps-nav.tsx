/** One step of a short form; `href` leads back to a step that is done. */
export interface Step {
  label: string;
  href?: string | undefined;
}

/** Where a person is in a short form. `current` counts from 0. */
export function StepsNav(props: { steps: readonly Step[]; current: number }) {
  const { steps, current } = props;
  return (
    <nav aria-label={`Step ${current + 1} of ${steps.length}`}>
      <ol class="steps">
        {steps.map((step, index) => (
          <li
            key={step.label}
            class={index < current ? 'done' : undefined}
            aria-current={index === current ? 'step' : undefined}
          >
            {index < current && step.href ? <a href={step.href}>{step.label}</a> : step.label}
          </li>
        ))}
      </ol>
    </nav>
  );
}
