const MB = 1024 * 1024;

/** A clip as machines send it is 0.2 to 100 MB. */
export const LARGEST_CLIP = 512 * MB;
export const LARGEST_CLIP_WORDS = '512 MB';
