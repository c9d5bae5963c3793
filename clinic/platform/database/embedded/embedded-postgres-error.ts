/** What can go wrong around the embedded server, as a name that code can branch on. */
export type EmbeddedPostgresProblem =
  | 'already-running'
  | 'socket-taken'
  | 'disk-full'
  | 'no-permission'
  | 'missing-program'
  | 'version-mismatch'
  | 'damaged-cluster'
  | 'not-durable'
  | 'start-failed';

/** One plain sentence about the problem in `message`, and what to do about it in `hint`. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly problem: EmbeddedPostgresProblem;
  readonly hint: string;

  constructor(problem: EmbeddedPostgresProblem, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.problem = problem;
    this.hint = hint;
  }
}

const diskFull = /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/;
const noPermission = /Permission denied|EACCES|EPERM|Operation not permitted|EROFS|Read-only file system/;
const socketTaken = /Address already in use|could not bind|could not create any Unix-domain sockets/;
const versionMismatch = /database files are incompatible with server/;
const missingLibrary = /error while loading shared libraries|ENOENT|Exec format error|ENOEXEC/;
const clusterInUse = /lock file ".*" already exists|pre-existing shared memory block/;

/**
 * Turns what a failed step printed into a named error.
 * @param step what was being done, as the end of "PostgreSQL could not …"
 * @param output the error text of the system or of PostgreSQL
 * @param where the folder or file that the step worked on
 */
export function explainFailure(step: string, output: string, where: string): EmbeddedPostgresError {
  const told = lastLine(output);
  const say = (problem: EmbeddedPostgresProblem, why: string, hint: string) =>
    new EmbeddedPostgresError(problem, `PostgreSQL could not ${step}: ${why}.`, hint, output);
  if (diskFull.test(output)) {
    return say('disk-full', `the disk that holds ${where} is full`, 'Free some space, then start again.');
  }
  if (noPermission.test(output)) {
    return say(
      'no-permission',
      `no permission to use ${where} (${told})`,
      'Give this user the folder, or set RECTUS_DATA_DIR to one that it may write.',
    );
  }
  if (versionMismatch.test(output)) return versionError(where, told);
  if (clusterInUse.test(output)) {
    return say('already-running', `another server uses ${where}`, 'Stop the other server, then start again.');
  }
  if (socketTaken.test(output)) {
    return say('socket-taken', `its socket is taken (${told})`, 'Stop the program that holds it.');
  }
  if (missingLibrary.test(output)) {
    return say(
      'missing-program',
      `its program does not run on this system (${told})`,
      'The programs need glibc (on Linux). Elsewhere, set DATABASE_URL to a PostgreSQL 18 server of yours.',
    );
  }
  return say('start-failed', told || 'it said nothing', `Its log, or the folder ${where}, may tell more.`);
}

/** The cluster on disk was written by another major version than the programs at hand. */
export function versionError(where: string, found: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'version-mismatch',
    `The database in ${where} was made by another PostgreSQL version (${found}).`,
    'Start it with the Rectus that made it, run `npm run backup`, and restore the file here.',
  );
}

function lastLine(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling = lines.filter((line) => /FATAL|PANIC|ERROR|error:|could not/.test(line));
  return (telling.at(-1) ?? lines.at(-1) ?? '').replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '');
}
