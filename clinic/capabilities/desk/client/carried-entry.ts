import type { Move } from './move.ts';
import { type BoardOnPage, boardOnPage, minutesPerPixel, placeAt, wallTime } from './page.ts';

/** An appointment that has been picked up, by hand or by key, and its ghost on the board. */
export interface CarriedEntry {
  readonly link: HTMLElement;
  readonly board: BoardOnPage;
  readonly stepMin: number;
  /** Minutes that a pixel stands for. */
  readonly scale: number;
  /** Moves the ghost; columns of another kind are passed over. */
  goTo(topMin: number, column: HTMLElement | null): void;
  /** The next column of the same kind, to the left (−1) or right (1). */
  neighbour(direction: -1 | 1): HTMLElement | null;
  readonly at: { readonly topMin: number; readonly column: HTMLElement };
  readonly origin: { readonly topMin: number; readonly column: HTMLElement };
  /** "10:15, Ines Duarte" */
  describe(): string;
  /** What to ask the server for; null where it was put back. */
  move(): Move | null;
  putDown(options?: { readonly springBack?: boolean }): void;
}

/** Picks up an entry. Null where it cannot be moved. */
export function pickUp(link: HTMLElement): CarriedEntry | null {
  const board = boardOnPage();
  const item = link.closest<HTMLElement>('li');
  const column = link.closest<HTMLElement>('.col');
  const lane = link.closest<HTMLElement>('.lane');
  if (!board || !item || !column || !lane || link.dataset.movable !== 'yes') return null;
  const start = Number(link.dataset.start);
  const stepMin = Number(link.dataset.step) || 15;
  const lengthMin = Number(link.dataset.minutes) || stepMin;
  const origin = { topMin: Math.round((start - board.from) / 60_000), column };
  let at = origin;
  const ghost = item.cloneNode(true) as HTMLElement;
  ghost.classList.add('ghost');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.querySelector('a')?.removeAttribute('id');
  const time = ghost.querySelector('.at');
  lane.append(ghost);
  item.classList.add('carried');
  for (const other of board.element.querySelectorAll<HTMLElement>('.col')) {
    other.classList.toggle('not-here', !sameKind(column, other));
  }

  const draw = () => {
    at.column.querySelector('.lane')?.append(ghost);
    placeAt(ghost, at.topMin);
    if (time) time.textContent = wallTime(board.from + at.topMin * 60_000, board.zone);
  };
  draw();
  return {
    link,
    board,
    stepMin,
    scale: minutesPerPixel(board, lane),
    origin,
    get at() {
      return at;
    },
    goTo(topMin, wanted) {
      const snapped = Math.round(topMin / stepMin) * stepMin;
      const inside = Math.min(Math.max(snapped, 0), Math.max(board.minutes - lengthMin, 0));
      at = { topMin: inside, column: wanted && sameKind(column, wanted) ? wanted : at.column };
      draw();
    },
    neighbour(direction) {
      const columns = [...board.element.querySelectorAll<HTMLElement>('.col')].filter((one) =>
        sameKind(column, one),
      );
      return columns[columns.indexOf(at.column) + direction] ?? null;
    },
    describe: () =>
      `${wallTime(board.from + at.topMin * 60_000, board.zone)}, ${at.column.dataset.name ?? ''}`,
    move() {
      const { resource: from = '' } = origin.column.dataset;
      const { resource: to = '' } = at.column.dataset;
      if (at.topMin === origin.topMin && from === to) return null;
      const { appointment = '', label = '', resources = '', sequence = '0' } = link.dataset;
      return {
        appointmentId: appointment,
        label,
        start: board.from + at.topMin * 60_000,
        from,
        to,
        sequence: Number(sequence),
        zone: board.zone,
        before: { start, resources },
      };
    },
    putDown({ springBack = false } = {}) {
      item.classList.remove('carried');
      for (const other of board.element.querySelectorAll('.not-here')) other.classList.remove('not-here');
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (!springBack || still) {
        ghost.remove();
        return;
      }
      const [here, home] = [ghost.getBoundingClientRect(), item.getBoundingClientRect()];
      const shift = `translate(${home.left - here.left}px, ${home.top - here.top}px)`;
      ghost
        .animate([{ transform: 'none' }, { transform: shift }], { duration: 240, easing: 'ease-out' })
        .finished.finally(() => ghost.remove());
    },
  };
}

function sameKind(one: HTMLElement, other: HTMLElement): boolean {
  const kinds = new Set((one.dataset.kinds ?? '').split(' '));
  return one === other || (other.dataset.kinds ?? '').split(' ').some((kind) => kinds.has(kind));
}
