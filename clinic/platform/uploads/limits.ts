const MB = 1024 * 1024;

/** What one request may bring; a connection that breaks loses no more than this. */
export const LARGEST_PIECE = 8 * MB;
/** Files that are sent by a form alone are held in memory, all of them together. */
export const LARGEST_TOGETHER = 64 * MB;
