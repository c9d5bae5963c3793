import type { KeyFrame } from '../key-frames.ts';
import type { Moment } from '../moments.ts';
import { button, el } from './dom.ts';
import type { Store } from './store.ts';

export interface TrackedActs {
  readonly keepFrame: () => void;
  readonly goTo: (instanceId: string, frame: number) => void;
}

/** How many marks were held, what hurt when, and the frames that the report shows. */
export function mountTracked(store: Store, acts: TrackedActs): () => void {
  const place = store.viewer.part('tracked');
  const [tracked, moments, frames] = [el('div', {}), el('div', {}), el('div', {})];
  place.append(tracked, moments, frames);
  let drawn = '';
  return () => {
    tracked.replaceChildren(...trackedParts(store));
    // Captions and words are typed here: they are drawn anew only where the lists have changed.
    const now = JSON.stringify([store.state.moments, store.state.keyFrames, store.closed]);
    if (now === drawn) return;
    drawn = now;
    moments.replaceChildren(...momentParts(store, acts));
    frames.replaceChildren(...frameParts(store, acts));
  };
}

function trackedParts(store: Store): Node[] {
  const result = store.resultOf(store.selected?.id);
  if (!result?.tracked) return [];
  const count = result.places.length;
  return [
    el(
      'section',
      {},
      el('h2', {}, 'Tracked'),
      el(
        'ul',
        { class: 'key small' },
        el(
          'li',
          {},
          el('span', { 'aria-hidden': 'true' }, '+'),
          ` ${count} marks held in ${result.held} frames`,
        ),
        el('li', {}, el('span', { 'aria-hidden': 'true' }, '×'), ` lost in ${result.lost}, not used`),
      ),
    ),
  ];
}

function momentParts(store: Store, acts: TrackedActs): Node[] {
  const { moments } = store.state;
  if (moments.length === 0) return [];
  return [
    el(
      'section',
      {},
      el('h2', {}, 'It hurt'),
      el('ul', { class: 'kept' }, ...moments.map((one) => momentLine(store, acts, one))),
    ),
  ];
}

function momentLine(store: Store, acts: TrackedActs, { id, instanceId, timeS, words }: Moment): HTMLElement {
  const clip = store.viewer.exam.clips.find((one) => one.id === instanceId);
  const frame = clip ? clip.times.findIndex((time) => time >= timeS - 1e-6) : 0;
  const input = el('input', {
    type: 'text',
    value: words,
    maxlength: 200,
    'aria-label': `Words at ${timeS.toFixed(2)} s`,
    readonly: store.closed,
  });
  input.addEventListener('change', () => void store.change(`/moments/${id}`, { words: input.value }));
  return el(
    'li',
    {},
    button(`${timeS.toFixed(2)} s`, () => acts.goTo(instanceId, Math.max(0, frame))),
    input,
    store.closed ? null : removal(store, `/moments/${id}`, 'pain mark'),
  );
}

function frameParts(store: Store, acts: TrackedActs): Node[] {
  const { keyFrames } = store.state;
  if (store.closed && keyFrames.length === 0) return [];
  return [
    el(
      'section',
      {},
      el('h2', {}, 'For the report'),
      store.closed ? null : button('Keep this frame for the report', acts.keepFrame),
      keyFrames.length > 0
        ? el('ul', { class: 'kept' }, ...keyFrames.map((one) => frameLine(store, acts, one)))
        : null,
    ),
  ];
}

function frameLine(
  store: Store,
  acts: TrackedActs,
  { id, instanceId, frame, caption }: KeyFrame,
): HTMLElement {
  const input = el('input', {
    type: 'text',
    value: caption,
    maxlength: 300,
    'aria-label': `Caption of frame ${frame}`,
    readonly: store.closed,
  });
  input.addEventListener('change', () => void store.change(`/key-frames/${id}`, { caption: input.value }));
  return el(
    'li',
    {},
    button(`frame ${frame}`, () => acts.goTo(instanceId, frame)),
    input,
    store.closed ? null : removal(store, `/key-frames/${id}`, 'key frame'),
  );
}

function removal(store: Store, path: string, what: string): HTMLButtonElement {
  return button(
    '×',
    () => {
      void store.change(`${path}/remove`, {}, () => ({ rest: `${path}/restore`, words: `${what} removed` }));
      store.viewer.say(`The ${what} is removed. Ctrl and Z bring it back.`);
    },
    { 'aria-label': `Remove this ${what}`, class: 'remove' },
  );
}
