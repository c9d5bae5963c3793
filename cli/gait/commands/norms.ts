import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { NormError, type NormPackage, normsFromFiles } from '@rectus/gait';
import { say, UsageError } from '../../lib/console.ts';
import { writeResult } from '../../lib/write-result.ts';
import { installedNorms, installNorms, normFolder } from '../norm-folder.ts';

/** Installs norms, or lists those that are there. */
export async function normsCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { norms: { type: 'string' } },
  });
  const [what, ...paths] = positionals;
  const folder = normFolder(values.norms);
  if (what === 'list') {
    const all = installedNorms(folder);
    if (all.length === 0) say(`No norms are installed in ${folder}.`);
    writeResult(undefined, all.map(inWords).join(''));
    return;
  }
  if (what !== 'add' || paths.length === 0) throw new UsageError('Say norms add FILE… or norms list.');
  for (const norms of packagesOf(paths)) {
    say(`installed in ${installNorms(folder, norms)}`);
    process.stderr.write(inWords(norms));
  }
}

/** @throws NormError naming every file that cannot be used, and why; then nothing is installed */
function packagesOf(paths: readonly string[]): NormPackage[] {
  const files = paths.map((path) => ({ name: basename(path), text: readFileSync(path, 'utf8') }));
  const { packages, faults } = normsFromFiles(files);
  if (faults.length > 0)
    throw new NormError('not-norms', '', faults.map(({ file, message }) => `${file}: ${message}`).join('\n'));
  if (packages.length === 0) throw new NormError('not-norms', '', 'These files hold no norms.');
  return packages.map(({ norms }) => norms);
}

function inWords({ id, name, population, footwear, licence, citation, simulated }: NormPackage): string {
  const people = population.people === null ? '' : `${population.people} `;
  return [
    `${id}: ${name}${simulated ? ' (simulated)' : ''}`,
    `  of ${people}${population.description}, ${footwear}`,
    `  licence: ${licence.name}${licence.note ? `; ${licence.note}` : ''}`,
    `  ${citation}`,
    '',
  ].join('\n');
}
