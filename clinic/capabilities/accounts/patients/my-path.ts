const HOME = '/my';
/** Pages that lead round in a circle. */
const NOWHERE = /^\/my\/sign-(in|out)(\/|\?|$)/;

/** Where to go after signing in: a patient's own page or an order of this clinic, whatever the link asked for. */
export function myPath(wanted: unknown): string {
  // Browsers read a backslash as a slash and drop control characters, so such a path is not what it seems.
  if (typeof wanted !== 'string' || wanted.length > 500) return HOME;
  if (/[\\\p{Cc}]/u.test(wanted) || !/^\/(?!\/)/.test(wanted)) return HOME;
  const url = URL.parse(wanted, 'http://my.invalid');
  if (url?.origin !== 'http://my.invalid') return HOME;
  const path = url.pathname + url.search;
  return /^\/(my|orders)(\/|\?|$)/.test(path) && !NOWHERE.test(path) ? path : HOME;
}

/** The address of the patients' sign-in page that leads back to `url`. */
export function signInForMy(url: string): string {
  const path = myPath(url);
  return path === HOME ? '/my/sign-in' : `/my/sign-in?${new URLSearchParams({ next: path })}`;
}
