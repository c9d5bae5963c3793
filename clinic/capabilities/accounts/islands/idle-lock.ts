/**
 * Warns a minute before a shared desk locks, and leads to the lock page on time. The server keeps the time that
 * counts; this only tells it that somebody is typing, and tells the other tabs of this browser.
 */
const WARN_MS = 60_000;
const TELL_EVERY_MS = 60_000;
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

const dialog = document.querySelector<HTMLDialogElement>('#idle-lock');
if (dialog) watch(dialog, Number(dialog.dataset.minutes) * 60_000);

function watch(dialog: HTMLDialogElement, idleMs: number): void {
  const countdown = dialog.querySelector('[data-countdown]');
  const tabs = new BroadcastChannel('rectus-desk');
  // Loading this page was the last thing that the server has seen.
  let seenAt = Date.now();
  tabs.postMessage('seen');

  const seen = () => {
    seenAt = Date.now();
    if (dialog.open) dialog.close();
  };
  const tell = async () => {
    seen();
    tabs.postMessage('seen');
    const answer = await fetch('/desk/stay', { method: 'POST' }).catch(() => null);
    // Locked or signed out meanwhile, in another window or by the server.
    if (answer && !answer.ok) location.assign('/desk/locked');
  };
  tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === 'seen') seen();
    if (data === 'locked') location.assign('/desk/locked');
  };
  for (const sign of SIGNS_OF_LIFE) {
    document.addEventListener(
      sign,
      () => {
        if (!dialog.open && Date.now() - seenAt > Math.min(TELL_EVERY_MS, idleMs / 4)) void tell();
      },
      { passive: true },
    );
  }
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'lock') void lock(tabs);
    else if (Date.now() - seenAt > 1_000) void tell();
    dialog.returnValue = '';
  });
  setInterval(() => {
    const left = seenAt + idleMs - Date.now();
    if (left <= 0) void lock(tabs);
    else if (left <= Math.min(WARN_MS, idleMs / 2)) {
      if (!dialog.open) dialog.showModal();
      if (countdown) countdown.textContent = inWords(Math.ceil(left / 1000));
    }
  }, 1_000);
}

let locking = false;

async function lock(tabs: BroadcastChannel): Promise<void> {
  if (locking) return;
  locking = true;
  const from = location.pathname + location.search;
  await fetch('/desk/lock', {
    method: 'POST',
    body: new URLSearchParams({ from }),
    redirect: 'manual',
  }).catch(() => null);
  tabs.postMessage('locked');
  location.assign('/desk/locked');
}

function inWords(seconds: number): string {
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
