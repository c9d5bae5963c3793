import type { ClinicContext } from '../database/in-clinic.ts';
import type { FileStore } from '../files/index.ts';

/** What the files of a study are, and what becomes of one that is here in full. */
export interface UploadKind {
  /** Bytes that one file may have. */
  readonly largest: number;
  /** Files that one study may hold. */
  readonly most: number;
  /** Whether a refused file may be sent again: more than its bytes decided. Otherwise the first answer stands. */
  readonly tryRefusedAgain?: boolean;
  /** What is noted of a file before somebody has looked into it. */
  readonly mediaType: string;
  /**
   * Looks into a file that lies whole as a draft under its id, gives it its final name and writes what it is into its row.
   */
  readonly settle: (
    context: ClinicContext,
    files: FileStore,
    file: WholeFile,
  ) => Promise<{ readonly status: 'ready' | 'refused'; readonly refusedReason: string | null }>;
}

export interface WholeFile {
  readonly studyId: string;
  readonly fileId: string;
  readonly name: string;
  /** Hexadecimal; checked against what the sender promised. */
  readonly sha256: string;
}
