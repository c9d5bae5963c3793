/** How numbers of clips are made. The version rises whenever the same marks would give other numbers. */
export const METHOD_VERSION = '1.0';

/** Followed through the frames, or measured in the one frame that was marked. */
export const TRACKED_METHOD = 'rectus-sonography, marks followed by pyramidal Lucas-Kanade with key frames';
export const STILL_METHOD = 'rectus-sonography, marked by hand in one frame';
