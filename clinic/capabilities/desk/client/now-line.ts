import { boardOnPage, placeAt, wallTime } from './page.ts';

/** Moves the line of the present along with the time. */
export function keepNowLine(): void {
  const move = () => {
    const board = boardOnPage();
    const line = board?.element.querySelector<HTMLElement>('.now');
    if (!board || !line) return;
    const minutes = Math.floor((Date.now() - board.from) / 60_000);
    if (minutes < 0 || minutes >= board.minutes) {
      line.remove();
      return;
    }
    placeAt(line, minutes);
    const label = line.querySelector('time');
    if (label) label.textContent = wallTime(Date.now(), board.zone);
  };
  setInterval(move, 20_000);
}
