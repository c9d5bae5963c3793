/** The viewer's own keys, in the order in which they are listed. */
const KEYS: readonly (readonly [string, string])[] = [
  ['Space', 'Play, pause'],
  ['← →', 'One frame back, forward; with Shift ten'],
  ['Home, End', 'First, last frame'],
  ['1, 2', 'Choose the left, the right picture'],
  ['L', 'Loop contraction'],
  ['S', 'Half speed'],
  ['K', 'Move both together, or one at a time'],
  ['W', 'Contrast: drag over the picture'],
  ['Z', 'Zoom: drag up and down'],
  ['+ −', 'Larger, smaller'],
  ['Shift ↑ ↓, Alt ← → ↑ ↓', 'Zoom in and out, move the picture'],
  ['0', 'Fit the picture'],
  ['Esc', 'Put the tool down'],
  ['Ctrl Z', 'Take back what was measured or marked last'],
  ['Enter, Backspace', 'While marking: set the mark or finish, take back the last one'],
  [', .', 'While moving marks by keys: the mark before, the next'],
  ['?', 'This list'],
];

/** Which key does what. Tools add theirs. */
export function KeysDialog() {
  return (
    <dialog data-part="keys-dialog" aria-labelledby="keys-title">
      <div class="stack">
        <h2 id="keys-title">Keys</h2>
        <dl class="keys" data-part="keys-list">
          {KEYS.map(([key, words]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button type="submit" class="primary">
            Close
          </button>
        </form>
      </div>
    </dialog>
  );
}
