import { expect, test } from 'vitest';
import { explainFailure } from './embedded-postgres-error.ts';

const cases = [
  ['FATAL:  could not write to file "pg_wal/xlogtemp.12": No space left on device', 'disk-full'],
  ['initdb: error: could not create directory "/srv/x": Permission denied', 'no-permission'],
  ['FATAL:  database files are incompatible with server', 'version-mismatch'],
  ['LOG:  could not bind Unix address "/x": Address already in use', 'socket-taken'],
  ['spawn /x/bin/postgres ENOENT', 'missing-program'],
  ['error while loading shared libraries: libxml2.so.2: cannot open shared object file', 'missing-program'],
  ['FATAL:  lock file "postmaster.pid" already exists', 'already-running'],
  ['PANIC:  could not locate a valid checkpoint record', 'start-failed'],
] as const;

test.each(cases)('names the problem behind "%s"', (output, problem) => {
  const error = explainFailure('start', output, '/srv/clinic');
  expect(error.problem).toBe(problem);
  expect(error.message).not.toContain('\n');
  expect(error.hint).not.toBe('');
});
