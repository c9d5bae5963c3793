export type BackupProblem =
  | 'no-file'
  | 'file-exists'
  | 'not-a-backup'
  | 'damaged'
  | 'newer-format'
  | 'other-schema'
  | 'not-empty'
  | 'no-rights'
  | 'disk-full';

/** One plain sentence about a back-up that could not be made or used, and what to do in `hint`. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly problem: BackupProblem;
  readonly hint: string;

  constructor(problem: BackupProblem, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.problem = problem;
    this.hint = hint;
  }
}

/** Passes our own errors on and gives a full disk its plain words. */
export function explainBackupFailure(error: unknown, what: string): unknown {
  if (error instanceof BackupError) return error;
  const { code, message } = error as { code?: string; message?: string };
  // 53100 is PostgreSQL's disk_full.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') {
    return new BackupError(
      'disk-full',
      `${what}: the disk is full.`,
      'Free some space, then try again.',
      error,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new BackupError(
      'no-rights',
      `${what}: ${message}.`,
      'Choose a place that this user may write.',
      error,
    );
  }
  return error;
}
