import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { contentFingerprint, listSources, quickFingerprint } from './fingerprint.mjs';
import { at, scriptOf, ToolError } from './project.mjs';
import { runProcess } from './run-process.mjs';

const sources = [
  'clinic',
  'packages',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const stampFile = at('dist', 'built.json');

/** Whether dist/ was built from the sources as they are now. */
export function isBuilt() {
  const stamp = readStamp();
  const made = ['dist/client/manifest.json', 'dist/server/main.js'].every((file) => existsSync(at(file)));
  if (stamp === undefined || !made) return false;
  const files = listSources(sources);
  const quick = quickFingerprint(files);
  if (stamp.quick === quick) return true;
  const content = contentFingerprint(files);
  if (stamp.content !== content) return false;
  writeStamp({ quick, content });
  return true;
}

/** Builds what browsers load (dist/client) and the server (dist/server). */
export async function build(node, progress) {
  // Read before building: a file saved meanwhile makes the next start build again.
  const files = listSources(sources);
  const stamp = { quick: quickFingerprint(files), content: contentFingerprint(files) };
  rmSync(stampFile, { force: true });
  progress('style sheets, fonts and scripts for the browser');
  await vite(node, ['build']);
  progress('the server');
  await vite(node, ['build', '--ssr', 'clinic/main.ts']);
  mkdirSync(at('dist'), { recursive: true });
  writeStamp(stamp);
}

/** Bundles one benchmark, so that it runs with the same JSX and packages as the server. */
export async function buildBench(node, name) {
  await vite(node, ['build', '--ssr', `bench/${name}.ts`, '--outDir', `dist/bench/${name}`], 'stderr');
  return at('dist', 'bench', name, `${name}.js`);
}

async function vite(node, args, output = 'keep') {
  const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' };
  const result = await runProcess(node, [scriptOf('vite', 'vite'), ...args], { output, env });
  if (result.status !== 0) throw new ToolError(`The build failed:\n${withoutStack(result.text)}`);
}

/** The bundler's own stack says nothing about the sources. */
function withoutStack(text) {
  return text.trimEnd().replace(/\n+ {4}at [\s\S]*$/, '');
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function writeStamp(stamp) {
  writeFileSync(stampFile, `${JSON.stringify(stamp)}\n`);
}
