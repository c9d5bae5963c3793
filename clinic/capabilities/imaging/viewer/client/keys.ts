import { partOf } from './parts.ts';
import type { OpenViewer } from './viewer.ts';

const LONG_STEP = 10;
const ZOOM_STEP = 1.25;
const PAN_PX = 40;

/** What the keys of the clock need of its buttons. */
export interface ClockActs {
  readonly toggle: () => void;
  readonly step: (by: number) => void;
  readonly toEnd: (isLast: boolean) => void;
  readonly loop: () => void;
  readonly half: () => void;
  readonly link: () => void;
  readonly mode: (mode: 'contrast' | 'zoom') => void;
}

/** The keys of the whole page, and the list of them. */
export function connectKeys(viewer: OpenViewer, acts: ClockActs): void {
  const dialog = partOf<HTMLDialogElement>(viewer.root, 'keys-dialog');
  const list = partOf(viewer.root, 'keys-list');
  const openList = (): void => dialog.showModal();
  partOf(viewer.root, 'keys').addEventListener('click', openList);
  viewer.onKeyAdded((key, words) => list.append(keyLine(key, words)));

  const plain: Readonly<Record<string, () => void>> = {
    ' ': acts.toggle,
    home: () => acts.toEnd(false),
    end: () => acts.toEnd(true),
    '1': () => viewer.choosePane(0),
    '2': () => viewer.choosePane(1),
    l: acts.loop,
    s: acts.half,
    k: acts.link,
    w: () => acts.mode('contrast'),
    z: () => acts.mode('zoom'),
    '0': () => viewer.active.stage.fit(),
    '+': () => viewer.active.stage.zoom(ZOOM_STEP),
    '=': () => viewer.active.stage.zoom(ZOOM_STEP),
    '-': () => viewer.active.stage.zoom(1 / ZOOM_STEP),
    '?': openList,
    escape: () => viewer.setMode('pan'),
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || isForTheElement(event)) return;
    if (viewer.keyForTool(event)) return event.preventDefault();
    const key = event.key.toLowerCase();
    const act = arrowAct(viewer, acts, event) ?? viewer.addedKeys.get(key)?.run ?? plain[key];
    if (!act || (event.altKey && !key.startsWith('arrow'))) return;
    event.preventDefault();
    act();
  });
}

function arrowAct(viewer: OpenViewer, { step }: ClockActs, event: KeyboardEvent): (() => void) | null {
  const [, way] = /^Arrow(Left|Right|Up|Down)$/.exec(event.key) ?? [];
  if (!way) return null;
  const { stage } = viewer.active;
  const isBack = way === 'Left' || way === 'Up';
  const isSideways = way === 'Left' || way === 'Right';
  const sign = isBack ? 1 : -1;
  if (event.altKey)
    return () => stage.pan(isSideways ? { x: sign * PAN_PX, y: 0 } : { x: 0, y: sign * PAN_PX });
  if (isSideways) return () => step(-sign * (event.shiftKey ? LONG_STEP : 1));
  // Without Shift, up and down scroll the page.
  return event.shiftKey ? () => stage.zoom(ZOOM_STEP ** sign) : null;
}

const OF_A_RANGE = /^(Arrow.*|Home|End|Page.*)$/;

/** Whether a key belongs to what has the focus: a field, a button, an open dialog. */
function isForTheElement({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog[open], select, textarea, [contenteditable]')) return true;
  if (target.closest('button, a, summary') && (key === ' ' || key === 'Enter')) return true;
  const input = target.closest('input');
  return input !== null && (input.type !== 'range' || OF_A_RANGE.test(key));
}

function keyLine(key: string, words: string): HTMLElement {
  const line = document.createElement('div');
  const [name, what] = [document.createElement('dt'), document.createElement('dd')];
  name.textContent = key.toUpperCase();
  what.textContent = words;
  line.append(name, what);
  return line;
}
