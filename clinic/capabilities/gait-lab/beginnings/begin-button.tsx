import { GAIT_LAB, studyPath } from '../sessions/paths.ts';

/** One press begins a session. What it begins with is told by ids alone. */
export function BeginButton(props: {
  from: Readonly<Record<string, string>>;
  /** Whom or what with, for those who hear the page and not see it. */
  about: string;
  label?: string;
  primary?: boolean;
}) {
  const { from, about, label = 'Begin the gait session', primary } = props;
  return (
    <form method="post" action={GAIT_LAB}>
      {Object.entries(from).map(([name, id]) => (
        <input key={name} type="hidden" name={name} value={id} />
      ))}
      <button type="submit" class={primary ? 'primary' : undefined}>
        {label}
        <span class="vh">{about}</span>
      </button>
    </form>
  );
}

export function OpenLink(props: { studyId: string; about: string; label?: string }) {
  return (
    <a class="btn" href={studyPath(props.studyId)}>
      {props.label ?? 'Open the gait session'}
      <span class="vh">{props.about}</span>
    </a>
  );
}
