import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';
import { parseSync } from 'vite';
import { breachOf } from './import-direction.mjs';

const sourceFiles = '{packages,clinic,bench,e2e,cli}/**/*.{ts,tsx}';
const skipped = /(^|\/)(node_modules|dist)(\/|$)|\.d\.ts$/;

/**
 * Reads every source file below `folder` and checks its imports, type-only ones included.
 * @returns how many files were read and one line for each breach
 */
export function findBreaches(folder) {
  const files = globSync(sourceFiles, { cwd: folder, exclude: (path) => skipped.test(slashes(path)) })
    .map(slashes)
    .filter((path) => !skipped.test(path))
    .sort();
  const breaches = [];
  const graph = new Map();
  for (const file of files) {
    const targets = [];
    for (const specifier of importsOf(folder, file, breaches)) {
      const target = resolveImport(folder, file, specifier);
      const breach = target.missing ? 'does not exist' : breachOf(file, target);
      if (breach) breaches.push(`${file} imports ${specifier}: ${breach}`);
      if (target.file) targets.push(target.file);
    }
    graph.set(file, targets);
  }
  breaches.push(...findCycles(graph).map((cycle) => `cycle: ${cycle.join(' → ')}`));
  return { files: files.length, breaches };
}

function importsOf(folder, file, breaches) {
  const text = readFileSync(join(folder, file), 'utf8');
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) breaches.push(`${file} cannot be read: ${errors[0].message}`);
  const found = new Set(module.staticImports.map((one) => one.moduleRequest.value));
  for (const one of module.staticExports) {
    for (const entry of one.entries) if (entry.moduleRequest) found.add(entry.moduleRequest.value);
  }
  // Both import('…') expressions and import('…').Type in a type position.
  for (const [, specifier] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)) found.add(specifier);
  return found;
}

/** What a specifier means: one of our files, a built-in module, or a package. */
function resolveImport(folder, from, specifier) {
  const plain = specifier.replace(/\?.*$/, '');
  if (plain.startsWith('.')) {
    const file = posix.join(posix.dirname(from), plain);
    return existsSync(join(folder, file)) ? { file } : { missing: true };
  }
  if (isBuiltin(plain)) return { builtin: plain };
  const own = /^@rectus\/([^/]+)(\/.*)?$/.exec(plain);
  if (own) return resolveOwnPackage(folder, own[1], own[2]);
  const name = plain
    .split('/')
    .slice(0, plain.startsWith('@') ? 2 : 1)
    .join('/');
  return { package: name, declared: declaredBy(folder, from) };
}

function resolveOwnPackage(folder, name, inner) {
  const manifest = join(folder, 'packages', name, 'package.json');
  if (!existsSync(manifest)) return { missing: true };
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8'));
  const entry =
    typeof exports === 'string' ? (inner ? undefined : exports) : exports?.[inner ? `.${inner}` : '.'];
  const path = typeof entry === 'string' ? entry : entry?.default;
  return path ? { file: posix.join('packages', name, path) } : { missing: true };
}

/** The packages that the nearest package.json names, apart from those for development. */
function declaredBy(folder, from) {
  for (let at = dirname(join(folder, from)); relative(folder, at) !== ''; at = dirname(at)) {
    const file = join(at, 'package.json');
    if (statSync(file, { throwIfNoEntry: false })) {
      return new Set(Object.keys(JSON.parse(readFileSync(file, 'utf8')).dependencies ?? {}));
    }
  }
  return new Set();
}

/** One path for each group of files that lead back to themselves. */
export function findCycles(graph) {
  const state = new Map();
  const path = [];
  const cycles = [];
  const visit = (file) => {
    state.set(file, 'open');
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      if (state.get(next) === 'open') cycles.push([...path.slice(path.indexOf(next)), next]);
      else if (!state.has(next)) visit(next);
    }
    path.pop();
    state.set(file, 'done');
  };
  for (const file of graph.keys()) if (!state.has(file)) visit(file);
  return cycles;
}

function slashes(path) {
  return path.replaceAll('\\', '/');
}
