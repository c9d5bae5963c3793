/**
 * Where a clinic is reached, for links in mails; without a trailing slash. Never taken from a request's own host,
 * which anybody can write: a clinic that answers under names of its own is reached under the first, with the scheme
 * and port of the public address. The clinic that answers everywhere ('*') is reached under the public address.
 */
export function clinicOrigin(publicUrl: string, hosts: readonly string[]): string {
  const url = new URL(publicUrl);
  const own = hosts.filter((host) => host !== '*').toSorted();
  const [first] = own;
  if (own.length < hosts.length || !first || own.includes(url.hostname)) return publicUrl;
  url.hostname = first;
  return url.origin;
}
