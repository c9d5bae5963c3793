const MB = 1024 * 1024;

/** A walk across the room is 1 to 20 MB. */
export const LARGEST_FILE = 256 * MB;
export const MOST_FILES = 200;
/** The published tables together are about 1 MB. */
export const LARGEST_NORMS = 32 * MB;
