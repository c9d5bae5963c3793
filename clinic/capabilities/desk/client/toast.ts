import { make } from './page.ts';

const LASTS_MS = 12_000;

export interface ToastAction {
  readonly label: string;
  run(): void;
}

/** A short message that takes nothing over. Stays while it is pointed at or holds the focus. */
export function toast(text: string, actions: readonly ToastAction[] = []): void {
  document.querySelector('.toast')?.remove();
  const box = make('div', { className: 'toast' }, make('span', {}, text));
  box.setAttribute('role', 'status');
  for (const { label, run } of actions) {
    const button = make('button', { type: 'button', textContent: label });
    button.addEventListener('click', () => {
      box.remove();
      run();
    });
    box.append(button);
  }
  document.body.append(box);
  const leave = () => {
    if (box.matches(':hover, :focus-within')) setTimeout(leave, 2_000);
    else box.remove();
  };
  setTimeout(leave, LASTS_MS);
}
