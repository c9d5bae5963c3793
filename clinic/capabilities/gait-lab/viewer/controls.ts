import type { Player } from './player.ts';
import type { View, WalkScene } from './scene.ts';

/** The parts of the viewer that the server wrote. */
export interface ViewerParts {
  readonly stage: HTMLElement;
  readonly play: HTMLButtonElement;
  readonly slow: HTMLButtonElement;
  readonly moment: HTMLInputElement;
  readonly percent: HTMLOutputElement;
  readonly views: HTMLElement;
}

const KEYS: Readonly<Record<string, View>> = { '0': 'three-quarter', '1': 'side', '2': 'front', '3': 'top' };

/** Buttons, range and keys of the viewer. */
export function connectControls(parts: ViewerParts, player: Player, scene: WalkScene): void {
  const { stage, play, slow, moment, views } = parts;
  const toggle = (): void => (player.playing ? player.pause() : player.play());
  const step = (by: number): void => {
    player.pause();
    player.go(player.frame + by);
  };
  const look = (view: View): void => {
    for (const button of views.querySelectorAll<HTMLButtonElement>('[data-view]'))
      button.setAttribute('aria-pressed', String(button.dataset.view === view));
    scene.look(view);
  };
  play.addEventListener('click', toggle);
  slow.addEventListener('click', () => {
    const isSlow = slow.getAttribute('aria-pressed') !== 'true';
    slow.setAttribute('aria-pressed', String(isSlow));
    player.setSpeed(isSlow ? 0.25 : 1);
  });
  moment.addEventListener('input', () => {
    player.pause();
    player.go(moment.valueAsNumber);
  });
  views.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-view]');
    if (button) look(button.dataset.view as View);
  });
  const keys: Readonly<Record<string, () => void>> = {
    ' ': toggle,
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    ArrowUp: () => step(5),
    ArrowDown: () => step(-5),
    Home: () => step(-player.frame),
  };
  stage.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const view = KEYS[event.key];
    const act = view ? () => look(view) : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  // A page in the background has nobody to play for.
  document.addEventListener('visibilitychange', () => document.hidden && player.pause());
}
