import { boardOnPage } from './page.ts';

let paused = 0;
let wanted = false;

/** While somebody drags, the board must not be exchanged under the hand. */
export function pauseRefresh(): void {
  paused += 1;
}

export function resumeRefresh(): void {
  paused -= 1;
  if (paused === 0 && wanted) void refreshBoard();
}

/** Fetches the day as it is now and exchanges it, keeping focus and scroll position. */
export async function refreshBoard(): Promise<void> {
  const board = boardOnPage();
  if (!board) return;
  wanted = paused > 0;
  if (wanted) return;
  const query = new URLSearchParams({ date: board.date, site: board.site });
  const response = await fetch(`/desk/live/board?${query}`).catch(() => null);
  if (!response) return;
  if (response.status === 401 || response.status === 423 || response.redirected) {
    // Signed out or locked meanwhile: the page itself leads to the right place.
    location.reload();
    return;
  }
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (paused > 0) {
    wanted = true;
    return;
  }
  exchange(board.element, page.querySelector('.board'));
  // What somebody is writing into a form beside the day is not thrown away.
  const queue = document.querySelector('#queue');
  if (queue && !queue.querySelector('details[open]')) exchange(queue, page.querySelector('#queue'));
  const change = page.querySelector('#last-change-new')?.textContent;
  const shown = document.querySelector('#last-change');
  if (shown && change) shown.textContent = change;
  document.dispatchEvent(new Event('board-changed'));
}

function exchange(old: Element, fresh: Element | null): void {
  if (!fresh || old.outerHTML === fresh.outerHTML) return;
  const found = old.contains(document.activeElement) ? markOf(document.activeElement) : null;
  old.replaceWith(document.adoptNode(fresh));
  if (found) findMark(fresh, found)?.focus({ preventScroll: true });
}

interface Mark {
  readonly key: string | undefined;
  readonly resource: string | undefined;
  readonly start: number;
  readonly href: string | null;
}

function markOf(element: Element | null): Mark | null {
  if (!(element instanceof HTMLElement)) return null;
  return {
    key: element.dataset.key,
    resource: element.closest<HTMLElement>('[data-resource]')?.dataset.resource,
    start: Number(element.dataset.start),
    href: element.getAttribute('href'),
  };
}

/** The same entry; else the free time that its moment lies in now; else the same link. */
function findMark(root: Element, mark: Mark): HTMLElement | null {
  const all = [...root.querySelectorAll<HTMLElement>('a, button')];
  const column = (one: HTMLElement) =>
    one.closest<HTMLElement>('[data-resource]')?.dataset.resource === mark.resource;
  const around = (one: HTMLElement) =>
    Number(one.dataset.start) <= mark.start &&
    mark.start < Number(one.dataset.end ?? Number.POSITIVE_INFINITY);
  return (
    all.find((one) => mark.key !== undefined && one.dataset.key === mark.key) ??
    all.find((one) => mark.key !== undefined && one.dataset.key?.split(' ')[0] === mark.key.split(' ')[0]) ??
    all.findLast((one) => Number.isFinite(mark.start) && column(one) && around(one)) ??
    all.find((one) => one.getAttribute('href') === mark.href) ??
    null
  );
}
