/** The board as it stands in the page: what its drawing says about time. */
export interface BoardOnPage {
  readonly element: HTMLElement;
  /** Epoch milliseconds of the upper edge. */
  readonly from: number;
  readonly minutes: number;
  readonly zone: string;
  readonly site: string;
  readonly date: string;
}

export function boardOnPage(): BoardOnPage | null {
  const element = document.querySelector<HTMLElement>('#board .board');
  if (!element) return null;
  const { from = '0', minutes = '0', zone = 'UTC', site = '', date = '' } = element.dataset;
  return { element, from: Number(from), minutes: Number(minutes), zone, site, date };
}

/** Says something to a screen reader. */
export function say(text: string): void {
  const region = document.querySelector('#say');
  if (region) region.textContent = text;
}

/** "9:15" on the wall of the site. */
export function wallTime(instant: number, zone: string): string {
  const format = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(instant).replace(/^0(?=\d)/, '');
}

/** Minutes that one pixel of the column's height stands for. */
export function minutesPerPixel(board: BoardOnPage, lane: Element): number {
  return board.minutes / (lane.getBoundingClientRect().height || 1);
}

/** Puts an element where the style sheet would, by the same two numbers. */
export function placeAt(element: HTMLElement, topMin: number): void {
  element.style.setProperty('--ah', `${Math.floor(topMin / 60)}`);
  element.style.setProperty('--am', `${topMin % 60}`);
}

/** Makes an element with text; markup never comes from data here. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
