import { refreshBoard } from './refresh.ts';

/** Follows what other desks do, for as long as the page is looked at. */
export function followLive(): void {
  const state = document.querySelector('#live-state');
  let source: EventSource | null = null;
  let interrupted = false;
  const write = (text: string) => {
    if (state) state.textContent = text;
  };
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource('/desk/live');
    source.addEventListener('ready', () => {
      write('live,');
      // Whatever happened while nobody listened.
      if (interrupted) void refreshBoard();
      interrupted = false;
    });
    source.addEventListener('changed', () => void refreshBoard());
    source.addEventListener('error', () => {
      interrupted = true;
      write('connecting again,');
      // A refused stream is not tried again by itself: locked, signed out, or the server is starting.
      if (source?.readyState === EventSource.CLOSED) {
        close();
        setTimeout(open, 5_000);
        void refreshBoard();
      }
    });
  };
  const close = () => {
    source?.close();
    source = null;
    interrupted = true;
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('pagehide', close);
  open();
}
