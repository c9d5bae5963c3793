import type { PlainWords } from '../core/study.ts';

/** What the patient reads: three findings with what they mean, the change and what is next. */
export function PlainWordsCard({ words, reader }: { words: PlainWords; reader: string }) {
  return (
    <section class="plain card stack" aria-labelledby="plain-words">
      <p class="tiny soft">What {reader} reads</p>
      <h2 id="plain-words">In plain words</h2>
      <PlainFindings words={words} />
      {words.change && <p class="small">{words.change}</p>}
      {words.next && <p class="small">Next: {words.next}</p>}
    </section>
  );
}

export function PlainFindings({ words }: { words: PlainWords }) {
  return (
    <ol class="plain-findings">
      {words.findings.map(({ finding, meaning }) => (
        <li key={finding}>
          <b>{finding}</b>
          <span>{meaning}</span>
        </li>
      ))}
    </ol>
  );
}
