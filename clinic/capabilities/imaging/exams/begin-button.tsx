import { examPath, IMAGING } from '../core/paths.ts';

/** One press begins an examination. What it begins with is told by ids alone. */
export function BeginButton(props: {
  from: Readonly<Record<string, string>>;
  /** Whom or what with, for those who hear the page and not see it. */
  about: string;
  label?: string;
}) {
  const { from, about, label = 'Begin the ultrasound examination' } = props;
  return (
    <form method="post" action={IMAGING}>
      {Object.entries(from).map(([name, id]) => (
        <input key={name} type="hidden" name={name} value={id} />
      ))}
      <button type="submit">
        {label}
        <span class="vh">{about}</span>
      </button>
    </form>
  );
}

export function OpenLink(props: { examId: string; about: string; label?: string }) {
  return (
    <a class="btn" href={examPath(props.examId)}>
      {props.label ?? 'Open the ultrasound examination'}
      <span class="vh">{props.about}</span>
    </a>
  );
}
