import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { at, ToolError } from './project.mjs';
import { runProcess } from './run-process.mjs';

const stampFile = at('node_modules', '.rectus-installed');

/** Whether the installed packages are those of package-lock.json. */
export function isInstalled() {
  const wanted = lockHash();
  if (readText(stampFile) === wanted) return true;
  // npm keeps its own record of what it has installed: an installation made by hand is as good as ours.
  if (!matchesLock(readText(at('node_modules', '.package-lock.json')))) return false;
  writeFileSync(stampFile, wanted);
  return true;
}

/** Installs exactly what package-lock.json lists, saying how far it is. */
export async function install(progress) {
  const [npm, leading] = npmCommand();
  const expected = topLevelFolders();
  const beat = setInterval(() => {
    progress(`${Math.min(countFolders(), expected)} of ${expected} packages`);
  }, 5_000);
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const result = await runProcess(npm, [...leading, ...flags], { output: 'keep' });
  clearInterval(beat);
  if (result.status !== 0) {
    // npm names the reason first and explains its own flags last.
    const said = result.text.split('\n').filter((line) => /^npm (error|ERR!) \S/.test(line));
    const reason = (said.length > 0 ? said.slice(0, 12) : result.text.trim().split('\n').slice(-12)).join(
      '\n',
    );
    throw new ToolError(`The packages could not be installed:\n${reason}`, hintFor(result.text));
  }
  writeFileSync(stampFile, lockHash());
}

function hintFor(text) {
  if (/ENOSPC/.test(text)) return 'The disk is full. Free about 1 GB, then try again.';
  if (/EUSAGE/.test(text))
    return 'package.json and package-lock.json disagree: run `npm install` and commit the lock file.';
  if (/EACCES|EPERM/.test(text)) return 'This user may not write to the project folder.';
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|network/i.test(text))
    return 'The first start needs the network.';
  return '';
}

/** The npm that started us, so that its version and settings are kept; else the one on the path. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return [process.execPath, [script]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

function matchesLock(installedText) {
  if (installedText === undefined) return false;
  const installed = JSON.parse(installedText).packages ?? {};
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link) return true;
    const found = installed[path];
    if (found === undefined) return entry.optional === true || entry.peer === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');
}

/** How many packages of the top level the lock file lists; those for other systems do not count. */
function topLevelFolders() {
  const { packages } = JSON.parse(readFileSync(at('package-lock.json'), 'utf8'));
  return Object.entries(packages).filter(
    ([path, entry]) => /^node_modules\/[^@/]+$/.test(path) && !entry.optional,
  ).length;
}

/** npm makes all folders first and fills them later: a package is there once its package.json is. */
function countFolders() {
  if (!existsSync(at('node_modules'))) return 0;
  return readdirSync(at('node_modules')).filter((name) =>
    existsSync(at('node_modules', name, 'package.json')),
  ).length;
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
