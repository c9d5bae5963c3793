import type { ImagePlace, PointerTool } from './contracts.ts';
import { changed } from './contrast.ts';
import type { ViewPane } from './view-pane.ts';

/** What a drag over the picture does where no tool takes it. */
export type Mode = 'pan' | 'contrast' | 'zoom';

export interface Hand {
  readonly mode: () => Mode;
  readonly tool: () => PointerTool | null;
  /** A picture was touched. */
  readonly chosen: (pane: ViewPane) => void;
  readonly contrasted: (pane: ViewPane) => void;
}

const WHEEL_ZOOM = 0.0015;
const PINCH_ZOOM = 0.01;
const DRAG_ZOOM = 0.008;
const DOUBLE_TAP_MS = 320;
const TAP_PX = 8;

/** Wheel, drag, pinch and double tap on one picture. */
export function connectGestures(pane: ViewPane, hand: Hand): void {
  const { stage } = pane;
  const { element } = stage;
  const pointers = new Map<number, ImagePlace>();
  let isTools = false;
  let travelled = 0;
  let lastTap = 0;

  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      stage.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? PINCH_ZOOM : WHEEL_ZOOM)), stage.placeOf(event));
    },
    { passive: false },
  );
  element.addEventListener('pointerdown', (event) => {
    if (event.button > 0 || !pane.clip) return;
    hand.chosen(pane);
    pointers.set(event.pointerId, stage.placeOf(event));
    element.setPointerCapture(event.pointerId);
    if (pointers.size > 1) {
      if (isTools) hand.tool()?.cancel?.();
      isTools = false;
      travelled = Number.POSITIVE_INFINITY;
      return;
    }
    travelled = 0;
    isTools = hand.tool() !== null && hand.tool()?.down(pane, pane.toImage(event), event) !== false;
  });
  element.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) {
      hand.tool()?.hover?.(pane, pane.toImage(event));
      return;
    }
    const now = stage.placeOf(event);
    if (isTools) {
      hand.tool()?.move?.(pane, pane.toImage(event), event);
      return;
    }
    const by = { x: now.x - before.x, y: now.y - before.y };
    travelled += Math.hypot(by.x, by.y);
    const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    pointers.set(event.pointerId, now);
    const [other] = others;
    if (other) pinch(pane, before, now, other);
    else drag(pane, hand, by);
  });
  const end = (event: PointerEvent, isCancelled: boolean): void => {
    if (!pointers.delete(event.pointerId)) return;
    if (isTools) {
      isTools = false;
      if (isCancelled) hand.tool()?.cancel?.();
      else hand.tool()?.up?.(pane, pane.toImage(event), event);
      return;
    }
    if (isCancelled || travelled > TAP_PX || pointers.size > 0) return;
    if (event.timeStamp - lastTap < DOUBLE_TAP_MS) stage.fit();
    lastTap = event.timeStamp;
  };
  element.addEventListener('pointerup', (event) => end(event, false));
  element.addEventListener('pointercancel', (event) => end(event, true));
}

/** Two fingers: larger by how far they go apart, about the one that rests, and along with their middle. */
function pinch({ stage }: ViewPane, before: ImagePlace, now: ImagePlace, other: ImagePlace): void {
  const apart = (at: ImagePlace) => Math.max(1, Math.hypot(at.x - other.x, at.y - other.y));
  const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
  stage.pan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
  stage.zoom(apart(now) / apart(before), middle);
}

function drag(pane: ViewPane, hand: Hand, by: ImagePlace): void {
  const { stage } = pane;
  switch (hand.mode()) {
    case 'pan':
      stage.pan(by);
      return;
    case 'zoom':
      stage.zoom(Math.exp(-by.y * DRAG_ZOOM));
      return;
    case 'contrast':
      stage.contrast = changed(stage.contrast, { level: by.y / 2, width: -by.x });
      hand.contrasted(pane);
  }
}
