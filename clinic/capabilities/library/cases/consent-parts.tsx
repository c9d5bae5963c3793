import type { ConsentText } from './consent-text.ts';
import type { ConsentState } from './consents.ts';

const STATE_WORDS: Readonly<Record<ConsentState, string>> = {
  asked: 'Asked, no answer yet',
  given: 'Consent given',
  declined: 'Said no',
  withdrawn: 'Taken back',
};

export function consentStateWords(state: ConsentState): string {
  return STATE_WORDS[state];
}

/** The words that are agreed to, whole. */
export function ConsentWords({ text, level = 3 }: { text: ConsentText; level?: 3 | 4 }) {
  const Heading = level === 3 ? 'h3' : 'h4';
  return (
    <div class="stack consent-words">
      {text.parts.map(({ heading, words }) => (
        <div key={heading}>
          <Heading>{heading}</Heading>
          <p class="small">{words}</p>
        </div>
      ))}
      <p class="tiny soft">Version {text.version} of these words.</p>
    </div>
  );
}
