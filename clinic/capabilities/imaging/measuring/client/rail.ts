import { svg } from '../../viewer/client/svg.ts';
import { CLOSED_WORDS } from '../closed-words.ts';
import type { ToolId } from '../tools/tool.ts';
import { TOOLS } from '../tools.ts';
import { el } from './dom.ts';
import type { Marking } from './marking.ts';
import type { Store } from './store.ts';

const ICONS: Readonly<Record<ToolId | 'pain' | 'scale', string>> = {
  gap: 'M3 5v12M19 5v12M5 11h12M8 8l-3 3 3 3M14 8l3 3-3 3',
  thickness: 'M3 5h16M3 17h16M11 7v8M9 9l2-2 2 2M9 13l2 2 2-2',
  area: 'M6 4c6-2 11 2 11 7s-5 8-9 7-6-5-5-8 1-5 3-6z',
  fascicle: 'M3 17L19 9M3 6h16M3 19h16',
  distance: 'M4 18L18 4M2 16l4 4M16 2l4 4',
  angle: 'M4 18L16 4M4 18h15M9 12.5c2.5 1 3.5 3 3.5 5.500',
  'inter-recti': 'M3 6c4 0 6 2 6 5s-2 5-6 5M19 6c-4 0-6 2-6 5s2 5 6 5M9 11h4',
  abdominal: 'M3 4c6 2 10 2 16 0M3 9c6 2 10 2 16 0M3 14c6 2 10 2 16 0M3 19c6 2 10 2 16 0',
  haematoma: 'M3 11c0-4 4-6 8-6s8 2 8 6-4 6-8 6-8-2-8-6zM3 11h16M11 5v12',
  'echo-intensity': 'M4 4h14v14H4zM4 9h14M4 14h14M9 4v14M14 4v14',
  pain: 'M11 19s6-6 6-10a6 6 0 0 0-12 0c0 4 6 10 6 10zM11 9h.01',
  scale: 'M3 14h16v4H3zM6 14v-2M9 14v-3M12 14v-2M15 14v-3M4 6h14M4 4v4M18 4v4',
};

interface RailActs {
  readonly hurtsNow: () => void;
}

/** The tools, each with its key, before the viewer's own. */
export function mountRail(store: Store, marking: Marking, { hurtsNow }: RailActs): () => void {
  const { viewer } = store;
  const rail = viewer.part('rail');
  const use = (id: ToolId): void => {
    if (marking.draft) marking.clear();
    store.chooseTool(id);
    viewer.setPointer(marking.pointer);
    const known = store.selected?.instanceId === viewer.active.clip?.id;
    if (store.closed) viewer.say(`${store.tool.name}. ${CLOSED_WORDS}`);
    else if (!known) marking.begin();
    else viewer.say(`${store.tool.name}. Press m to mark anew.`);
  };
  const buttons = TOOLS.map(({ id, name, key }) => {
    viewer.addKey(key, `Tool: ${name}`, () => use(id));
    return toolButton(ICONS[id], name, key, () => use(id));
  });
  const pain = toolButton(ICONS.pain, 'Pain mark', 'p', hurtsNow);
  pain.removeAttribute('aria-pressed');
  const begin = (kind?: 'scale'): void => {
    if (store.closed) viewer.say(CLOSED_WORDS);
    else marking.begin(kind);
  };
  const scale = toolButton(ICONS.scale, 'Scale', 'c', () => begin('scale'));
  viewer.addKey('p', 'It hurts now: marks this moment', hurtsNow);
  viewer.addKey('c', 'Set the scale on a known distance', () => begin('scale'));
  viewer.addKey('m', 'Mark with the chosen tool', () => begin());
  rail.prepend(...buttons, pain, scale);
  return () => {
    const isScale = marking.draft?.kind === 'scale';
    TOOLS.forEach(({ id }, at) => {
      buttons[at]?.setAttribute('aria-pressed', String(!isScale && store.tool.id === id));
    });
    pain.hidden = store.closed;
    scale.hidden = store.closed;
    scale.setAttribute('aria-pressed', String(isScale));
  };
}

function toolButton(path: string, name: string, key: string, run: () => void): HTMLButtonElement {
  const icon = svg('svg', {
    ...{ width: 22, height: 22, viewBox: '0 0 22 22', fill: 'none', stroke: 'currentColor' },
    ...{ 'stroke-width': 1.7, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' },
  });
  icon.append(svg('path', { d: path }));
  const made = el(
    'button',
    { type: 'button', 'aria-pressed': 'false', 'aria-keyshortcuts': key.toUpperCase() },
    icon,
    el('small', {}, name),
    el('kbd', {}, key.toUpperCase()),
  );
  made.addEventListener('click', run);
  return made;
}
