import type { ViewerClip } from './contracts.ts';
import type { Run } from './load-order.ts';

/** Where a run of stored frames comes from. The same for the page and its worker, so that neither fetches it twice. */
export function framesAddress(
  { framesHref, etag }: Pick<ViewerClip, 'framesHref' | 'etag'>,
  { from, to }: Run,
): string {
  return `${framesHref}?from=${from}&to=${to}&v=${etag}`;
}
