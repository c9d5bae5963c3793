const MB = 1024 * 1024;

/** A walk across the room is 1 to 20 MB. */
export const LARGEST_FILE = 256 * MB;
/** What one request may bring; a connection that breaks loses no more than this. */
export const LARGEST_PIECE = 8 * MB;
/** Files that are sent by a form alone are held in memory, all of them together. */
export const LARGEST_TOGETHER = 64 * MB;
export const MOST_FILES = 200;
/** The published tables together are about 1 MB. */
export const LARGEST_NORMS = 32 * MB;
