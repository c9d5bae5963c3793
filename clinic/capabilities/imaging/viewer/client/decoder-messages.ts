import type { ViewerClip } from './contracts.ts';

/** What the page tells a clip's worker. */
export type ToDecoder =
  | { readonly kind: 'open'; readonly clip: DecodedClip; readonly start: number }
  | { readonly kind: 'decode'; readonly frame: number }
  | { readonly kind: 'again' };

/** What a worker needs to know of a clip. */
export type DecodedClip = Pick<
  ViewerClip,
  | 'width'
  | 'height'
  | 'frames'
  | 'transferSyntax'
  | 'photometric'
  | 'format'
  | 'framesHref'
  | 'headHref'
  | 'etag'
>;

/** What the worker answers. */
export type FromDecoder =
  /** The bytes of these frames are here. */
  | { readonly kind: 'fetched'; readonly from: number; readonly to: number }
  | { readonly kind: 'frame'; readonly frame: number; readonly bitmap: ImageBitmap }
  /** One frame cannot be decoded, and why. */
  | { readonly kind: 'damaged'; readonly frame: number; readonly message: string }
  /** The server does not answer; it is tried again in a while. */
  | { readonly kind: 'waiting' }
  /** It is not tried again by itself. */
  | { readonly kind: 'failed'; readonly message: string };
