const HOME = '/desk';
/** Pages that would lead round in a circle, or that act. */
const NOWHERE = /^\/desk\/(lock|locked|unlock|stay|live)(\/|\?|$)/;

/** Where to go after signing in or unlocking: a page of this clinic's desk, whatever the link asked for. */
export function safeNext(wanted: string | undefined | null): string {
  return deskPath(wanted) ?? HOME;
}

/** `wanted` as a path of the desk, or null for anything else: another site, another page, no path at all. */
export function deskPath(wanted: string | undefined | null): string | null {
  // Browsers read a backslash as a slash and drop control characters, so such a path is not what it seems.
  if (!wanted || wanted.length > 500 || /[\\\p{Cc}]/u.test(wanted) || !/^\/(?!\/)/.test(wanted)) return null;
  let url: URL;
  try {
    url = new URL(wanted, 'http://desk.invalid');
  } catch {
    return null;
  }
  if (url.origin !== 'http://desk.invalid') return null;
  const path = url.pathname + url.search;
  return /^\/desk(\/|\?|$)/.test(path) && !NOWHERE.test(path) ? path : null;
}

/** The address of the sign-in page that leads back to `url`, without what was searched for. */
export function signInFor(url: string): string {
  const path = deskPath(url);
  if (!path) return '/sign-in';
  const back = new URL(path, 'http://desk.invalid');
  back.searchParams.delete('q');
  return `/sign-in?${new URLSearchParams({ next: back.pathname + back.search })}`;
}
