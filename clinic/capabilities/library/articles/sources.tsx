/** One source of an article. `href` leads to the paper where a stable address is known. */
export interface Source {
  readonly id: string;
  readonly text: string;
  readonly href?: string;
}

/** A number in the text that leads to its source. Throws when the article does not list it. */
export function Cite({ from, id }: { from: readonly Source[]; id: string }) {
  const index = from.findIndex((source) => source.id === id);
  if (index < 0) throw new RangeError(`no source "${id}" in this article`);
  return (
    <sup>
      <a href={`#source-${index + 1}`} aria-label={`Source ${index + 1}`}>
        {index + 1}
      </a>
    </sup>
  );
}

/** The list of sources at the end of an article. */
export function SourceList({ sources }: { sources: readonly Source[] }) {
  return (
    <section id="sources" class="stack">
      <h2>Sources</h2>
      <ol class="sources small">
        {sources.map((source, i) => (
          <li key={source.id} id={`source-${i + 1}`}>
            {source.text} {source.href && <a href={source.href}>Read it</a>}
          </li>
        ))}
      </ol>
      <p class="tiny soft">
        General advice in this article that carries no number is common practice, not a finding. All of it
        needs sign-off by your clinician, and none of it replaces an examination.
      </p>
    </section>
  );
}
