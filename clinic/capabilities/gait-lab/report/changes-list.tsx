import { decimal, signed } from './numbers.ts';
import type { ChangeView, EarlierView } from './walk-view.ts';

/** What differs from the earlier session, apart by whether a published error tells that it is more than chance. */
export function ChangesList({ earlier }: { earlier: EarlierView }) {
  const beyond = earlier.changes.filter(({ verdict }) => verdict === 'beyond-error');
  const unknown = earlier.changes.filter(({ verdict }) => verdict === 'error-not-known');
  return (
    <section class="card stack">
      <h2>Changed since {earlier.day}</h2>
      {earlier.caveats.map((caveat) => (
        <p key={caveat} class="notice" data-kind="warn">
          {caveat}
        </p>
      ))}
      {beyond.length === 0 ? (
        <p>{unchangedWords(earlier)}</p>
      ) : (
        <ul class="plain-list">
          {beyond.map((change) => (
            <Change key={change.curve + change.side} change={change} />
          ))}
        </ul>
      )}
      {unknown.length > 0 && (
        <details>
          <summary>
            {unknown.length} more differences, for which no error between sessions is published
          </summary>
          <ul class="plain-list">
            {unknown.map((change) => (
              <Change key={change.curve + change.side} change={change} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** Where nothing stands out: because nothing differs, or because too little could be compared to say so. */
export function unchangedWords({ compared, of }: EarlierView): string {
  if (compared === 0) return 'No angle was measured in both sessions, so nothing can be compared.';
  const none = 'No angle differs by more than the error between sessions.';
  return compared < of ? `${none} Only ${compared} of ${of} angles of both legs could be compared.` : none;
}

function Change({ change: { curve, side, difference, unit, atPercent } }: { change: ChangeView }) {
  const isAngle = unit === 'deg';
  return (
    <li>
      <b>
        {curve}, {side}
      </b>{' '}
      {signed(difference, isAngle ? 1 : 2)}
      {isAngle ? '°' : ` ${unit}`} at {decimal(atPercent, 0)} % of the cycle
    </li>
  );
}
