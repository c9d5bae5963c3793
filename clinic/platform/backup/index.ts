export { BackupError, type BackupProblem } from './backup-error.ts';
export { type BackupSource, type BackupSummary, backupTo } from './backup-to.ts';
export type { Manifest } from './manifest.ts';
export { type RestoreSummary, type RestoreTarget, restoreFrom } from './restore-from.ts';
export { verifyBackup } from './verify-backup.ts';
