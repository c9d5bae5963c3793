import type { OpenViewer } from './viewer.ts';

const QUIET_MS = 400;

/** Keeps in the address what is shown, so that it can be passed on: which clips, and which frames of them. */
export function keepAddress(viewer: OpenViewer): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    const [left, right] = viewer.panes;
    const address = new URL(location.href);
    for (const [name, pane] of [
      ['left', left],
      ['right', right],
    ] as const) {
      if (!pane.clip) continue;
      address.searchParams.set(name, pane.clip.id);
      address.searchParams.set(`${name}Frame`, String(pane.frame));
    }
    if (address.href !== location.href) history.replaceState(history.state, '', address);
  };
  const soon = (): void => {
    if (viewer.playing) return;
    clearTimeout(timer);
    timer = setTimeout(write, QUIET_MS);
  };
  for (const event of ['frame', 'play', 'clip'] as const) viewer.on(event, soon);
}
