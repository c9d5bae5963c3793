/**
 * Tells the server once by whose clock this browser lives, and shows the page again if that clock reads other times.
 * A zone that somebody chose by hand is never overwritten.
 */
const FOUND = 'auto:';
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = decodeURIComponent(/(?:^|; )tz=([^;]*)/.exec(document.cookie)?.[1] ?? '');

if (zone && known !== FOUND + zone && (known === '' || known.startsWith(FOUND))) {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the server must read it with the next page, scripts or not
  document.cookie = `tz=${encodeURIComponent(FOUND + zone)}; path=/; max-age=31536000; samesite=lax${secure}`;
  const times = document.querySelector<HTMLElement>('[data-shown-offset]');
  const own = times && -new Date(Number(times.dataset.at)).getTimezoneOffset();
  if (times && own !== Number(times.dataset.shownOffset) && document.cookie.includes('tz='))
    location.reload();
}
