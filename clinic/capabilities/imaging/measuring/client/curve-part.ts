import { svg } from '../../viewer/client/svg.ts';
import type { Chosen } from '../result.ts';
import { valueAt } from '../result.ts';
import { type CurveFrame, frameAtX, frameOf, xOf, yOf } from './curve-geometry.ts';
import { el } from './dom.ts';
import { drawCurve } from './draw-curve.ts';
import type { Store } from './store.ts';
import { unitWords, valueWithError } from './words.ts';

const HEIGHT = 238;
const LEAST_WIDTH = 640;

/** The chosen measure over time under the pictures; its cursor is the frame, its two handles stand for rest and contraction. */
export function mountCurve(store: Store): () => void {
  const { viewer } = store;
  const place = viewer.part('curve');
  const head = el('div', { class: 'row curve-head' });
  const drawing = svg('svg', { class: 'curve', height: HEIGHT });
  const scroll = el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Curve' });
  scroll.append(drawing);
  place.append(el('section', { class: 'gap', 'aria-label': 'Curve of the measure' }, head, scroll));
  const still = svg('g', {});
  const moving = svg('g', {});
  drawing.append(still, moving);
  let frame: CurveFrame | null = null;
  let dragged: 'cursor' | 'rest' | 'contraction' | null = null;
  let preview: Chosen | null = null;

  const shown = () => {
    const analysis = store.selected;
    const result = store.resultOf(analysis?.id);
    const series = result?.series[0];
    const pane =
      viewer.active.clip?.id === analysis?.instanceId
        ? viewer.active
        : viewer.panes.find(({ clip }) => clip?.id === analysis?.instanceId);
    return analysis && result?.tracked && series && pane?.clip
      ? { analysis, result, series, pane, clip: pane.clip }
      : null;
  };

  const choose = (which: 'rest' | 'contraction', to: number): void => {
    const now = shown();
    if (!now) return;
    const before = now.analysis.chosen ?? { rest: null, contraction: null, by: null };
    const next = { ...before, [which]: to };
    const fields = (one: Pick<Chosen, 'rest' | 'contraction'>) => ({
      rest: String(one.rest ?? ''),
      contraction: String(one.contraction ?? ''),
    });
    const rest = `/analyses/${now.analysis.id}/chosen`;
    void store
      .change(rest, fields(next), () => ({ rest, fields: fields(before), words: `frame for ${which} moved` }))
      .then(() => {
        preview = null;
        draw();
      });
  };

  const draw = (): void => {
    const now = shown();
    place.hidden = now === null;
    if (!now) return;
    const width = Math.max(LEAST_WIDTH, Math.round(scroll.clientWidth) || LEAST_WIDTH);
    drawing.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    drawing.setAttribute('width', String(width));
    const { times } = now.clip;
    frame = frameOf({ width, height: HEIGHT }, times, now.series.values, now.series.errors);
    const moments = store.state.moments.filter(({ instanceId }) => instanceId === now.clip.id);
    still.replaceChildren(...drawCurve(frame, times, now.result, now.series, moments));
    const quantity = store.tool.quantities[0];
    const total = now.result.held + now.result.lost;
    head.replaceChildren(
      el('h2', {}, quantity?.label ?? store.tool.name),
      el(
        'span',
        { class: 'tiny soft push' },
        `${unitWords(quantity?.unit ?? 'mm')} · band = standard error · ${total} frames, ${Math.round((100 * now.result.held) / total)} % tracked`,
      ),
    );
    drawing.setAttribute('aria-hidden', 'false');
    move();
  };

  const move = (): void => {
    const now = shown();
    if (!now || !frame) return;
    const chosen = preview ?? now.analysis.chosen;
    const { times } = now.clip;
    moving.replaceChildren(
      ...handle('rest', chosen?.rest ?? null),
      ...handle('contraction', chosen?.contraction ?? null),
    );
    const x = xOf(frame, times[now.pane.frame] ?? 0);
    if (!dragged) keepInView(scroll, x);
    moving.append(
      svg('path', { class: 'cursor', d: `M${x} ${frame.top - 12}V${frame.bottom}` }),
      svg('path', { class: 'cursor-head', d: `M${x - 6} ${frame.top - 20}h12l-6 9z` }),
    );
    const value = valueAt(now.result, now.series, now.pane.frame);
    const unit = store.tool.quantities[0]?.unit ?? 'mm';
    const isRight = x > frame.right - 150;
    const words = value ? valueWithError(value.value, value.standardError, unit) : 'lost in this frame';
    // Low on the plot stand lost stretches and what hurt: the number keeps to its middle there.
    const middle = (frame.top + frame.bottom) / 2 - 12;
    const at = value ? yOf(frame, value.value) : null;
    const highest = frame.top + (now.result.phases?.contractions.length ? 34 : 12);
    const above = Math.max(highest, Math.min(middle, at === null ? middle : at - 34));
    // Where the curve runs high there is room only below it.
    const y = at !== null && above > at - 24 ? at + 28 : above;
    moving.append(
      ...(value ? [svg('circle', { class: 'now', cx: x, cy: yOf(frame, value.value), r: 5 })] : []),
      svg(
        'text',
        { class: 'now', x: x + (isRight ? -12 : 12), y, 'text-anchor': isRight ? 'end' : 'start' },
        words,
      ),
      svg(
        'text',
        { class: 'now-at', x: x + (isRight ? -12 : 12), y: y + 16, 'text-anchor': isRight ? 'end' : 'start' },
        `frame ${now.pane.frame} · ${(times[now.pane.frame] ?? 0).toFixed(2)} s`,
      ),
    );
  };

  const handle = (which: 'rest' | 'contraction', at: number | null): SVGElement[] => {
    const now = shown();
    if (!now || !frame || at === null) return [];
    const x = xOf(frame, now.clip.times[at] ?? 0);
    const value = now.series.values[at - now.result.from];
    const y = value == null ? frame.bottom : yOf(frame, value);
    const group = svg('g', {
      ...{ class: `handle ${which}`, tabindex: 0, role: 'slider', 'data-handle': which },
      ...{ 'aria-label': `Frame for ${which}`, 'aria-valuemin': 0, 'aria-valuemax': now.clip.frames - 1 },
      ...{
        'aria-valuenow': at,
        'aria-valuetext': `frame ${at}, ${(now.clip.times[at] ?? 0).toFixed(2)} seconds`,
      },
    });
    group.append(
      svg('rect', {
        class: 'hold',
        x: x - 22,
        y: frame.top - 8,
        width: 44,
        height: frame.bottom - frame.top + 8,
      }),
      svg('path', { d: `M${x} ${frame.top}V${frame.bottom}` }),
      svg('circle', { cx: x, cy: y, r: 6 }),
    );
    return [group];
  };

  const frameUnder = (event: PointerEvent): number | null => {
    const now = shown();
    if (!now || !frame) return null;
    const box = drawing.getBoundingClientRect();
    return frameAtX(frame, now.clip.times, ((event.clientX - box.left) / box.width) * frame.width);
  };
  const drag = (event: PointerEvent): void => {
    const now = shown();
    const to = frameUnder(event);
    if (!now || to === null || !dragged) return;
    if (dragged !== 'cursor') {
      preview = { ...(now.analysis.chosen ?? { rest: null, contraction: null, by: null }), [dragged]: to };
      viewer.goTo(dragged === 'rest' && isBoth(now.clip.id) ? 0 : now.pane.index, to);
      move();
    } else viewer.goTo(now.pane.index, to);
  };
  const isBoth = (clip: string) => viewer.panes.every((pane) => pane.clip?.id === clip);

  drawing.addEventListener('pointerdown', (event) => {
    const held = event.target instanceof Element ? event.target.closest<SVGElement>('[data-handle]') : null;
    const chosen = shown()?.analysis.chosen;
    const under = frameUnder(event);
    const which = held?.dataset.handle as 'rest' | 'contraction' | undefined;
    const isNear = !store.closed && which && under !== null && frame && chosen?.[which] != null;
    dragged = isNear ? which : 'cursor';
    if (event.pointerType === 'touch' && dragged === 'cursor') return drag(event);
    drawing.setPointerCapture(event.pointerId);
    if (dragged === 'cursor') drag(event);
  });
  drawing.addEventListener('pointermove', (event) => {
    if (dragged && event.buttons > 0 && drawing.hasPointerCapture(event.pointerId)) drag(event);
  });
  const drop = (): void => {
    if (dragged && dragged !== 'cursor' && preview) {
      const to = preview[dragged];
      if (to !== null) choose(dragged, to);
    }
    dragged = null;
  };
  drawing.addEventListener('pointerup', drop);
  drawing.addEventListener('pointercancel', () => {
    [dragged, preview] = [null, null];
    move();
  });
  drawing.addEventListener('keydown', (event) => {
    const held = event.target instanceof Element ? event.target.closest<SVGElement>('[data-handle]') : null;
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const now = shown();
    const which = held?.dataset.handle as 'rest' | 'contraction' | undefined;
    const at = which ? now?.analysis.chosen?.[which] : null;
    if (store.closed || !now || !which || !by || at == null) return;
    event.preventDefault();
    event.stopPropagation();
    const to = Math.min(now.clip.frames - 1, Math.max(0, at + by * (event.shiftKey ? 10 : 1)));
    choose(which, to);
    requestAnimationFrame(() => drawing.querySelector<SVGElement>(`[data-handle="${which}"]`)?.focus());
  });
  new ResizeObserver(draw).observe(scroll);
  viewer.on('frame', move);
  return draw;
}

/** On a narrow screen the curve is wider than its place: the cursor stays in sight. */
function keepInView(scroll: HTMLElement, x: number): void {
  const { scrollLeft, clientWidth, scrollWidth } = scroll;
  if (scrollWidth <= clientWidth || (x > scrollLeft + 40 && x < scrollLeft + clientWidth - 120)) return;
  scroll.scrollLeft = x - clientWidth / 3;
}
