import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { at, ToolError } from './project.mjs';

const needed = 24;

/** The Node that runs the clinic: the pinned one that npm installed, or the running one where it is new enough. */
export function findNode24() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = at('node_modules', `node-${system}-${process.arch}`, 'bin', program);
  // It may be there and still not run, as on a system without glibc.
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= needed) return process.execPath;
  throw new ToolError(
    `Rectus runs on Node ${needed}, and npm has none for ${process.platform}-${process.arch} that works here.`,
    `Install Node ${needed} or later (this is ${process.version}), then try again.`,
  );
}

/** Every tool itself runs on this Node or a later one. */
export function assertNode20() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new ToolError(
      `Rectus needs Node 20 or later; this is ${process.version}.`,
      'Install a newer Node.',
    );
  }
}
