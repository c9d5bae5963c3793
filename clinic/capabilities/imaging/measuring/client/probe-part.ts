import type { Probe } from '../../core/probe.ts';
import { svg } from '../../viewer/client/svg.ts';
import { BACK_LINES, BODY_FIELD, BODY_OUTLINE, FRONT_LINES } from './body-figure.ts';
import { button, el } from './dom.ts';
import type { Store } from './store.ts';

const STEP = 0.01;
const LONG_STEP = 0.05;
const TURN_DEG = 15;
/** Placing goes on while fingers move: it is stored when they rest. */
const REST_MS = 600;
const BEGINNING: Probe = { view: 'front', x: 0.4, y: 0.6, angle: 0, axis: 'long', words: '' };

/** Where on the body the probe stood: placed by a click or by keys, turned, and said in words. */
export function mountProbe(store: Store): () => void {
  const place = store.viewer.part('probe');
  const figure = svg('svg', {
    ...{ class: 'body', tabindex: 0, role: 'application', width: 88, height: 222 },
    viewBox: `${BODY_FIELD.left} ${BODY_FIELD.top} ${BODY_FIELD.width} ${BODY_FIELD.height}`,
  });
  const words = el('textarea', {
    rows: 3,
    maxlength: 300,
    'aria-label': 'Where the marker points, distances from landmarks',
  });
  const said = el('p', { class: 'tiny' });
  const view = button('Back', () => set({ view: probe.view === 'back' ? 'front' : 'back' }));
  const axis = button('Short axis', () => set({ axis: probe.axis === 'long' ? 'short' : 'long' }));
  const turn = button('Turn', () => set({ angle: turned(probe.angle + TURN_DEG) }));
  const buttons = el('div', { class: 'row' }, view, axis, turn);
  const hint = 'Click the body to place the probe; arrows move it, square brackets turn it.';
  const help = el('p', { class: 'tiny soft' }, hint);
  place.append(
    el(
      'section',
      {},
      el('h2', {}, 'Probe'),
      el(
        'div',
        { class: 'probe' },
        figure as unknown as HTMLElement,
        el('div', { class: 'stack' }, said, words),
      ),
      buttons,
      help,
    ),
  );
  let probe: Probe = store.viewer.exam.probe ?? BEGINNING;
  let isPlaced = store.viewer.exam.probe !== null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  words.value = probe.words;

  const keep = (): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      const { x, y, angle } = probe;
      const numbers = { x: x.toFixed(4), y: y.toFixed(4), angle: String(angle) };
      void store.change('/probe', { view: probe.view, axis: probe.axis, words: probe.words, ...numbers });
    }, REST_MS);
  };
  const set = (change: Partial<Probe>): void => {
    if (store.closed) return;
    probe = { ...probe, ...change };
    isPlaced = true;
    draw();
    keep();
  };
  const draw = (): void => {
    const isBack = probe.view === 'back';
    const [x, y] = [
      BODY_FIELD.left + probe.x * BODY_FIELD.width,
      BODY_FIELD.top + probe.y * BODY_FIELD.height,
    ];
    figure.replaceChildren(
      svg('path', { class: 'skin', d: BODY_OUTLINE }),
      svg('path', { class: 'lines', d: isBack ? BACK_LINES : FRONT_LINES }),
      svg('text', { x: 19, y: 218 }, isBack ? 'L' : 'R'),
      svg('text', { x: 80, y: 218 }, isBack ? 'R' : 'L'),
    );
    if (isPlaced) figure.append(drawnProbe(x, y, probe));
    const name = inWords(probe);
    figure.setAttribute(
      'aria-label',
      `Body from the ${probe.view}. ${isPlaced ? name : 'The probe is not placed.'} ${store.closed ? '' : hint}`,
    );
    for (const part of [buttons, help]) part.hidden = store.closed;
    words.readOnly = store.closed;
    said.textContent = isPlaced ? name : 'Not placed yet.';
    view.textContent = isBack ? 'Front' : 'Back';
    axis.textContent = probe.axis === 'long' ? 'Short axis' : 'Long axis';
  };

  figure.addEventListener('pointerdown', (event) => {
    const box = figure.getBoundingClientRect();
    set({
      x: clamp((event.clientX - box.left) / box.width),
      y: clamp((event.clientY - box.top) / box.height),
    });
  });
  figure.addEventListener('keydown', (event) => {
    const by = event.shiftKey ? LONG_STEP : STEP;
    const change = {
      ArrowLeft: { x: clamp(probe.x - by) },
      ArrowRight: { x: clamp(probe.x + by) },
      ArrowUp: { y: clamp(probe.y - by) },
      ArrowDown: { y: clamp(probe.y + by) },
      '[': { angle: turned(probe.angle - TURN_DEG) },
      ']': { angle: turned(probe.angle + TURN_DEG) },
    }[event.key];
    if (!change) return;
    event.preventDefault();
    event.stopPropagation();
    set(change);
  });
  words.addEventListener('input', () => set({ words: words.value }));
  draw();
  return () => {
    // What is being moved here is newer than what the server says.
    if (timer || !store.state.probe) return draw();
    [probe, isPlaced] = [store.state.probe, true];
    if (document.activeElement !== words) words.value = probe.words;
    draw();
  };
}

function drawnProbe(x: number, y: number, { angle, axis }: Probe): SVGGElement {
  const group = svg('g', { class: 'at', transform: `translate(${x} ${y}) rotate(${angle})` });
  const [width, height] = axis === 'long' ? [8, 26] : [26, 8];
  group.append(
    svg('rect', { x: -width / 2, y: -height / 2, width, height, rx: 3 }),
    svg('path', { d: `M0 ${-height / 2}v-7M-3 ${-height / 2 - 4}l3 -4 3 4` }),
  );
  return group;
}

/** "From the front, long axis, turned by 15°." */
function inWords({ view, axis, angle }: Probe): string {
  const turned = angle === 0 ? 'upright' : `turned by ${angle}°`;
  return `From the ${view}, ${axis} axis, ${turned}.`;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, Math.round(share * 1000) / 1000));
}

function turned(angle: number): number {
  return ((((angle + 180) % 360) + 360) % 360) - 180;
}
