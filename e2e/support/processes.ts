import { execFileSync } from 'node:child_process';

/** The processes that a process has started, with their command lines. */
export function childrenOf(pid: number | undefined): readonly { pid: number; command: string }[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => found !== null && Number(found[2]) === pid)
    .map((found) => ({ pid: Number(found?.[1]), command: found?.[3] ?? '' }));
}

/** The web process of a running clinic; null while its supervisor starts another. */
export function webProcessOf(supervisor: number | undefined): number | null {
  return childrenOf(supervisor).find(({ command }) => command.endsWith(' web'))?.pid ?? null;
}
