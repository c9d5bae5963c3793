import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { at, root } from './project.mjs';

const skipped = new Set(['node_modules', 'dist', '.rectus', '.git']);

/**
 * The files that a build is made of.
 * @param sources folders and files relative to the project
 */
export function listSources(sources) {
  const files = [];
  const visit = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (!found.isDirectory()) {
      if (!/\.test\.tsx?$/.test(path)) files.push({ path: relative(root, path), found });
      return;
    }
    for (const name of readdirSync(path).sort()) if (!skipped.has(name)) visit(join(path, name));
  };
  for (const source of sources) visit(at(source));
  return files;
}

/** Changes whenever a file's size or time does: quick, and may change without need (after a checkout). */
export function quickFingerprint(files) {
  return digest(files.map(({ path, found }) => `${path}:${found.size}:${found.mtimeMs}`));
}

/** Changes only when a file's content does. */
export function contentFingerprint(files) {
  return digest(
    files.map(
      ({ path }) =>
        `${path}:${createHash('sha256')
          .update(readFileSync(at(path)))
          .digest('hex')}`,
    ),
  );
}

function digest(lines) {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
