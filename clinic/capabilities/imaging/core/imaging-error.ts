/** Something about an examination that cannot be done, in words for whoever asked for it. */
export class ImagingError extends Error {
  override readonly name = 'ImagingError';
}
