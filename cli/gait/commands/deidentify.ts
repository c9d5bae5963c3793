import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { deidentify } from '@rectus/c3d';
import { say, UsageError } from '../../lib/console.ts';

/** Copies C3D files without what tells whose they are. */
export async function deidentifyCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' } },
  });
  if (positionals.length === 0) throw new UsageError('Name at least one C3D file.');
  if (values.out === undefined) throw new UsageError('Name the folder for the copies with --out FOLDER.');
  mkdirSync(values.out, { recursive: true });
  for (const path of positionals) {
    const target = join(values.out, basename(path));
    if (resolve(target) === resolve(path))
      throw new UsageError(`${path} would be written over: choose another folder.`);
    const { bytes, removed, unchecked } = deidentify(readFileSync(path));
    writeFileSync(target, bytes);
    say(`${path} → ${target}`);
    for (const { kind, group, parameter, count } of removed)
      say(
        `  removed: ${kind}, ${[group, parameter].filter(Boolean).join(':') || 'outside of the groups'} (${count})`,
      );
    for (const { code, message } of unchecked) say(`  not checked: ${code}: ${message}`);
  }
  say('A file name may hold a name too; and a body in motion can be recognised by those who know it.');
}
