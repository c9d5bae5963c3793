import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { readC3d } from '@rectus/c3d';

const MIB = 1024 * 1024;

/** The largest memory that a process of its own held while it read a file once. */
export interface ReadMemory {
  readonly name: string;
  readonly fileMiB: number;
  /** What the process took beyond what it held before: the file's bytes and what was read. */
  readonly takenMiB: number;
  /** Everything that it held, with the runtime and the program. */
  readonly peakMiB: number;
  /** Six times the file and 64 MiB. */
  readonly limitMiB: number;
}

export const READ_ONCE = '--read-once';

/** Reads each file in a fresh process that `script` starts when it is given `READ_ONCE` and a path. */
export async function measureMemory(script: string, paths: readonly string[]): Promise<ReadMemory[]> {
  const results: ReadMemory[] = [];
  for (const path of paths) {
    const { stdout } = await promisify(execFile)(process.execPath, [script, READ_ONCE, path]);
    const { beforeMiB, peakMiB } = JSON.parse(stdout) as { beforeMiB: number; peakMiB: number };
    const fileMiB = statSync(path).size / MIB;
    const limitMiB = 6 * fileMiB + 64;
    results.push({ name: basename(path), fileMiB, takenMiB: peakMiB - beforeMiB, peakMiB, limitMiB });
  }
  return results;
}

/** The work of that process. */
export function readOnce(path: string): void {
  const beforeMiB = process.memoryUsage.rss() / MIB;
  const { frames } = readC3d(readFileSync(path));
  const peakMiB = largestMiB();
  process.stdout.write(JSON.stringify({ frames, beforeMiB, peakMiB }));
}

/** The system's own figure. On Linux the usual one begins with what the parent process held, so its file is asked. */
function largestMiB(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(peak) / 1024;
}
