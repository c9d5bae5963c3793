/** Sends what is typed to the hold, so that a reload or a dead battery loses nothing. Nothing stays in the browser. */
const form = document.querySelector<HTMLFormElement>('form[data-draft]');

if (form) {
  const url = form.dataset.draft ?? '';
  let timer = 0;
  let dirty = false;

  const body = () => {
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
    return new URLSearchParams(fields as [string, string][]);
  };
  const keep = () => {
    dirty = false;
    // A draft that could not be kept is no reason to disturb: the form itself still holds it.
    fetch(url, { method: 'POST', body: body(), keepalive: true }).catch(() => {
      dirty = true;
    });
  };

  form.addEventListener('input', () => {
    dirty = true;
    clearTimeout(timer);
    timer = window.setTimeout(keep, 700);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    dirty = false;
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden' || !dirty) return;
    clearTimeout(timer);
    dirty = false;
    navigator.sendBeacon(url, body());
  });
}
