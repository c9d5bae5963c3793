import type { Pane } from '../../viewer/client/contracts.ts';
import { svg } from '../../viewer/client/svg.ts';
import type { AnalysisInBrief } from '../measuring-state.ts';
import { valueAt } from '../result.ts';
import type { MarkPlace, Tool } from '../tools/tool.ts';
import { toolOf } from '../tools.ts';
import { liveWords } from './live-value.ts';
import type { Draft } from './marking.ts';
import { isContracting, placesInFrame, type ShownPlace } from './places-in-frame.ts';
import type { Store } from './store.ts';
import { valueWords } from './words.ts';

const LABEL_BELOW = 46;
const LABEL_WIDTH_PER_LETTER = 11;

/** Draws what is marked over a picture: ends, lines, helpers, what was lost, and the number beside the line. */
export function drawOverlay(store: Store, pane: Pane, draft: Draft | null): void {
  const { overlay, clip } = pane;
  overlay.replaceChildren();
  if (!clip) return;
  for (const analysis of store.state.analyses) {
    if (analysis.instanceId !== clip.id || analysis.tool !== store.tool.id) continue;
    if (draft?.replaces === analysis.id && draft.pane === pane.index) continue;
    overlay.append(drawAnalysis(store, pane, analysis));
  }
  if (draft && draft.pane === pane.index && draft.clip.id === clip.id && draft.frame === pane.frame)
    overlay.append(drawDraft(store.tool, pane, draft));
}

function drawAnalysis(store: Store, pane: Pane, analysis: AnalysisInBrief): SVGGElement {
  const result = store.resultOf(analysis.id);
  const tool = toolOf(analysis.tool) ?? store.tool;
  const places = placesInFrame(analysis, result, pane.frame);
  const state = stateOf(store, pane, analysis);
  const isChosen = store.selected?.id === analysis.id;
  const group = svg('g', { class: `marks ${state}${isChosen ? '' : ' other'}` });
  const value = valueAt(result ?? { ...NO_RESULT, from: 0 }, result?.series[0], pane.frame);
  const unit = tool.quantities[0]?.unit ?? 'mm';
  drawPlaces(group, tool, pane, places, value ? valueWords(value.value, unit) : null);
  return group;
}

const NO_RESULT = {
  ...{ from: 0, to: 0, tracked: false, series: [], places: [], held: 0, lost: 0 },
  ...{ phases: null, typical: 0, scale: null },
};

/** Rest is dotted blue, contraction solid amber; a clip without phases is as its role says. */
function stateOf(store: Store, pane: Pane, analysis: AnalysisInBrief): 'rest' | 'contraction' {
  const result = store.resultOf(analysis.id);
  if (analysis.chosen?.contraction === pane.frame) return 'contraction';
  if (analysis.chosen?.rest === pane.frame) return 'rest';
  if (result?.phases && result.phases.contractions.length > 0)
    return isContracting(result, pane.frame) ? 'contraction' : 'rest';
  return pane.clip?.role === 'contraction' ? 'contraction' : 'rest';
}

function drawDraft(tool: Tool, pane: Pane, draft: Draft): SVGGElement {
  const group = svg('g', { class: 'marks draft' });
  const points =
    draft.kind === 'moving'
      ? draft.points.map((one, at) => (at === draft.at && draft.cursor ? draft.cursor : one))
      : [...draft.points, ...(draft.cursor ? [draft.cursor] : [])];
  const shown = points.map((one) => ({ ...one, lost: false }));
  const words = draft.kind === 'scale' ? null : liveWords(tool, draft.clip, points);
  drawPlaces(group, draft.kind === 'scale' ? SCALE_SHAPE : tool, pane, shown, words);
  const { cursor } = draft;
  if (cursor)
    group.append(at(pane, cursor, svg('path', { class: 'cross', d: 'M-16 0H-5M5 0H16M0 -16V-5M0 5V16' })));
  return group;
}

const SCALE_SHAPE = { drawn: 'pairs', primary: null } as const;

function drawPlaces(
  group: SVGGElement,
  { drawn, primary }: Pick<Tool, 'drawn' | 'primary'>,
  pane: Pane,
  places: readonly ShownPlace[],
  words: string | null,
): void {
  const main = places.slice(0, primary ?? places.length);
  for (const d of pathsOf(drawn, main)) {
    group.append(svg('path', { class: 'under', d }), svg('path', { class: 'line', d }));
  }
  for (const place of main) group.append(handleAt(pane, place));
  for (const helper of places.slice(main.length))
    group.append(at(pane, helper, svg('path', { class: 'helper', d: 'M-5 0H5M0 -5V5' })));
  if (words && main.length > 1) group.append(labelAt(pane, main, words));
}

function pathsOf(drawn: Tool['drawn'], places: readonly MarkPlace[]): string[] {
  if (drawn === 'outline') {
    const [first, ...rest] = places;
    if (!first || rest.length === 0) return [];
    return [
      `M${first.x} ${first.y}${rest.map(({ x, y }) => `L${x} ${y}`).join('')}${rest.length > 1 ? 'Z' : ''}`,
    ];
  }
  const paths: string[] = [];
  for (let n = 0; n + 1 < places.length; n += 2) {
    const [a, b] = [places[n], places[n + 1]];
    if (a && b) paths.push(`M${a.x} ${a.y}L${b.x} ${b.y}`);
  }
  return paths;
}

function handleAt(pane: Pane, place: ShownPlace): SVGGElement {
  if (place.lost)
    return at(
      pane,
      place,
      svg('circle', { class: 'lost', r: 9 }),
      svg('path', { class: 'lost', d: 'M-4 -4L4 4M4 -4L-4 4' }),
    );
  return at(
    pane,
    place,
    svg('circle', { class: 'under', r: 8 }),
    svg('circle', { class: 'ring', r: 8 }),
    svg('circle', { class: 'dot', r: 1.6 }),
  );
}

/** In px of the screen around a place of the picture. */
function at(pane: Pane, { x, y }: MarkPlace, ...children: readonly SVGElement[]): SVGGElement {
  const group = svg('g', { transform: `translate(${x} ${y}) scale(${1 / (pane.zoom || 1)})` });
  group.append(...children);
  return group;
}

function labelAt(pane: Pane, places: readonly MarkPlace[], words: string): SVGGElement {
  const x = places.reduce((sum, one) => sum + one.x, 0) / places.length;
  const lowest = Math.max(...places.map(({ y }) => y));
  const height = pane.clip?.height ?? 0;
  const room = (height - lowest) * pane.zoom > LABEL_BELOW + 24;
  const top = room ? lowest : Math.min(...places.map(({ y }) => y));
  const width = words.length * LABEL_WIDTH_PER_LETTER + 16;
  const down = room ? LABEL_BELOW : -LABEL_BELOW;
  return at(
    pane,
    { x, y: top },
    svg('path', { class: 'lead', d: `M0 ${room ? 10 : -10}V${down - (room ? 17 : -17)}` }),
    svg('rect', { class: 'plate', x: -width / 2, y: down - 16, width, height: 32, rx: 5 }),
    svg('text', { x: 0, y: down + 7, 'text-anchor': 'middle' }, words),
  );
}
