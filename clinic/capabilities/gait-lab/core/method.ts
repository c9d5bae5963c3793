/** How the numbers of a session are made. The version rises whenever the same files would give other numbers. */
export const METHOD = 'rectus-gait, conventional gait model';
export const METHOD_VERSION = '1.0';
