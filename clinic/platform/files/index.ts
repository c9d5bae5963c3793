export { FileError, type FileProblem } from './file-error.ts';
export { type FileName, type FileStore, type FoundFile, openFiles } from './file-store.ts';
export { dataDirOf, filesDirOf, filesOf } from './place.ts';
export { ABANDONED_MS, sweepFiles } from './sweep-files.ts';
