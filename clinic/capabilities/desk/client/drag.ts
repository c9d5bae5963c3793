import { type CarriedEntry, pickUp } from './carried-entry.ts';
import { requestMove } from './move.ts';
import { pauseRefresh, resumeRefresh } from './refresh.ts';

const MOUSE_SLACK_PX = 4;
const TOUCH_SLACK_PX = 8;
const LONG_PRESS_MS = 400;
const EDGE_PX = 36;

/** Moves appointments with the mouse, a pen, or a finger that rests on one for a moment. */
export function enableDrag(frame: HTMLElement): void {
  let pressed: { link: HTMLElement; x: number; y: number; id: number; timer: number } | null = null;
  let carried: { entry: CarriedEntry; x: number; y: number; scrollTop: number } | null = null;
  let moved = false;

  const begin = (x: number, y: number) => {
    if (!pressed) return;
    const entry = pickUp(pressed.link);
    if (!entry) return;
    carried = { entry, x, y, scrollTop: frame.scrollTop };
    moved = true;
    pauseRefresh();
    frame.classList.add('dragging');
  };

  const end = (drop: boolean) => {
    if (pressed) clearTimeout(pressed.timer);
    pressed = null;
    if (!carried) return;
    const { entry } = carried;
    carried = null;
    frame.classList.remove('dragging');
    const move = drop ? entry.move() : null;
    if (!move) {
      entry.putDown({ springBack: true });
      resumeRefresh();
      return;
    }
    void requestMove(move).then((done) => {
      entry.putDown({ springBack: !done });
      resumeRefresh();
    });
  };

  frame.addEventListener('pointerdown', (event) => {
    const link = (event.target as Element).closest<HTMLElement>('[data-movable]');
    moved = false;
    if (!link || event.button !== 0 || carried) return;
    const { clientX: x, clientY: y, pointerId: id } = event;
    const wait = event.pointerType === 'touch';
    const timer = wait ? window.setTimeout(() => begin(x, y), LONG_PRESS_MS) : 0;
    pressed = { link, x, y, id, timer };
  });

  addEventListener('pointermove', (event) => {
    if (!pressed || event.pointerId !== pressed.id) return;
    const distance = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    if (!carried) {
      if (event.pointerType === 'touch') {
        // A finger that sets off at once wants to scroll.
        if (distance > TOUCH_SLACK_PX) end(false);
        return;
      }
      if (distance < MOUSE_SLACK_PX) return;
      begin(pressed.x, pressed.y);
    }
    if (!carried) return;
    scrollAtEdge(frame, event);
    const { entry, y, scrollTop } = carried;
    const byPixels = event.clientY - y + frame.scrollTop - scrollTop;
    const under =
      document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('.col') ?? null;
    entry.goTo(entry.origin.topMin + byPixels * entry.scale, under);
  });

  addEventListener('pointerup', () => end(true));
  addEventListener('pointercancel', () => end(false));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && carried) end(false);
  });
  // A page that scrolls under a carried visit would drop it somewhere else.
  frame.addEventListener('touchmove', (event) => carried && event.preventDefault(), { passive: false });
  frame.addEventListener('contextmenu', (event) => (carried || pressed?.timer) && event.preventDefault());
  frame.addEventListener('dragstart', (event) => event.preventDefault());
  frame.addEventListener(
    'click',
    (event) => {
      if (!moved) return;
      moved = false;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}

function scrollAtEdge(frame: HTMLElement, { clientX, clientY }: PointerEvent): void {
  const box = frame.getBoundingClientRect();
  if (clientX > box.right - EDGE_PX) frame.scrollLeft += 12;
  if (clientX < box.left + EDGE_PX) frame.scrollLeft -= 12;
  if (clientY > Math.min(box.bottom, innerHeight) - EDGE_PX) frame.scrollTop += 12;
  if (clientY < box.top + EDGE_PX) frame.scrollTop -= 12;
}
