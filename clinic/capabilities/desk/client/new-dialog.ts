import { boardOnPage, make, minutesPerPixel, say, wallTime } from './page.ts';
import { refreshBoard } from './refresh.ts';
import { enableSuggestions } from './suggest.ts';
import { toast } from './toast.ts';

const SNAP_MIN = 15;

/** Opens the booking form over the day where a free time, or closed time, is pressed. */
export function enableNewDialog(frame: HTMLElement): void {
  frame.addEventListener('click', (event) => {
    const target = event.target as Element;
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = target.closest<HTMLAnchorElement>('a.free');
    const onLane = target.matches('.lane, .closed');
    if (!link && !onLane) return;
    // A press by key has no place: it takes the time that the arrows chose, or the beginning.
    const start =
      event.detail === 0
        ? Number(link?.dataset.pick ?? link?.dataset.start)
        : startUnder(event, target, link);
    const resource = target.closest<HTMLElement>('.col')?.dataset.resource;
    if (!resource || !Number.isFinite(start)) return;
    event.preventDefault();
    void openAt(resource, start);
  });
  frame.addEventListener('keydown', (event) => chooseWithin(event));
  frame.addEventListener('pointermove', (event) => {
    const link = (event.target as Element).closest<HTMLElement>('a.free');
    if (link) showPick(link, startUnder(event, link, link));
  });
  document.querySelector('#new-appointment')?.addEventListener('click', (event) => {
    event.preventDefault();
    void openForm((event.currentTarget as HTMLAnchorElement).href);
  });
}

/** The quarter of an hour under the pointer. */
function startUnder(event: MouseEvent, target: Element, link: HTMLElement | null): number {
  const board = boardOnPage();
  const lane = target.closest('.lane');
  if (!board || !lane) return Number.NaN;
  const minutes = (event.clientY - lane.getBoundingClientRect().top) * minutesPerPixel(board, lane);
  const start = board.from + Math.floor(minutes / SNAP_MIN) * SNAP_MIN * 60_000;
  return Math.max(start, Number(link?.dataset.start ?? start));
}

/** Arrow keys choose a time within the free stretch that has the focus. */
function chooseWithin(event: KeyboardEvent): void {
  const link = event.target as HTMLElement;
  const board = boardOnPage();
  if (!board || !link.matches('a.free') || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  event.preventDefault();
  const { start = '0', end = '0', pick = start } = link.dataset;
  const step = (event.key === 'ArrowDown' ? 1 : -1) * SNAP_MIN * 60_000;
  const chosen = Math.min(Math.max(Number(pick) + step, Number(start)), Number(end) - 5 * 60_000);
  link.dataset.pick = `${chosen}`;
  showPick(link, chosen);
  say(wallTime(chosen, board.zone));
}

/** Draws the chosen time within a free stretch. */
function showPick(link: HTMLElement, instant: number): void {
  const board = boardOnPage();
  if (!board || !Number.isFinite(instant)) return;
  link.dataset.pickLabel = wallTime(instant, board.zone);
  link.style.setProperty('--pick', `${(instant - Number(link.dataset.start)) / 60_000}`);
}

function openAt(resource: string, start: number): Promise<void> {
  const board = boardOnPage();
  if (!board) return Promise.resolve();
  const time = wallTime(start, board.zone).padStart(5, '0');
  const query = new URLSearchParams({ resource, date: board.date, time, site: board.site });
  return openForm(`/desk/new?${query}`);
}

async function openForm(href: string): Promise<void> {
  const markup = await fetchForm(href);
  // Signed out, locked or offline: the plain page says so.
  if (markup === null) {
    location.href = href;
    return;
  }
  const title = make('h2', { id: 'new-title', textContent: 'New appointment' });
  const body = make('div');
  const dialog = make('dialog', { className: 'new-dialog' }, title, body);
  dialog.setAttribute('aria-labelledby', 'new-title');
  document.body.append(dialog);
  show(dialog, body, markup);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
  body.querySelector<HTMLElement>('[data-suggest]')?.focus();
}

async function fetchForm(href: string): Promise<string | null> {
  const response = await fetch(href, { headers: { 'x-fragment': 'form' } }).catch(() => null);
  return response?.ok && !response.redirected ? response.text() : null;
}

function show(dialog: HTMLDialogElement, body: HTMLElement, markup: string): void {
  const page = new DOMParser().parseFromString(markup, 'text/html');
  body.replaceChildren(...page.body.childNodes);
  const form = body.querySelector('form');
  if (!form) return;
  enableSuggestions(form);
  form.querySelector('[data-close]')?.addEventListener('click', (event) => {
    event.preventDefault();
    dialog.close();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(dialog, body, form, event.submitter);
  });
}

async function send(
  dialog: HTMLDialogElement,
  body: HTMLElement,
  form: HTMLFormElement,
  submitter: HTMLElement | null,
): Promise<void> {
  const data = new FormData(form, submitter);
  const fields = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
  if (form.ariaBusy === 'true') return;
  form.ariaBusy = 'true';
  const response = await fetch('/desk/new', {
    method: 'POST',
    headers: { 'x-fragment': 'form' },
    body: fields,
  }).catch(() => null);
  form.ariaBusy = null;
  if (!response || response.status === 401 || response.status === 423 || response.status >= 500) {
    toast('Not booked: the clinic’s computer did not answer. What you typed is still here.');
    return;
  }
  if (response.headers.get('content-type')?.includes('json')) {
    dialog.close();
    await refreshBoard();
    toast('Booked.');
    say('Booked.');
    return;
  }
  show(dialog, body, await response.text());
  const first = body.querySelector<HTMLElement>(
    '.notice button, .notice [name=patientId], .notice, [data-suggest]',
  );
  first?.focus();
}
