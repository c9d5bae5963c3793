// node packages/sonography/kernels/build.mjs [--print]: compiles the kernels into src/track/kernels-wasm.ts, or prints
// what that file would hold.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import asc from 'assemblyscript/asc';

const folder = import.meta.dirname;
const target = join(folder, '..', 'src', 'track', 'kernels-wasm.ts');
const sources = ['pyramid.ts', 'lucas-kanade.ts'];
const flags = ['--enable', 'simd', '--runtime', 'stub', '--noAssert', '-O3', '--converge', '--use', 'abort='];

const text = moduleText(await compile());
if (process.argv.includes('--print')) process.stdout.write(text);
else {
  writeFileSync(target, text);
  process.stdout.write(`${relative(process.cwd(), target)}: ${text.length} characters\n`);
}

async function compile() {
  const scratch = mkdtempSync(join(tmpdir(), 'rectus-kernels-'));
  try {
    const out = join(scratch, 'kernels.wasm');
    const { error, stderr } = await asc.main([
      ...sources,
      ...flags,
      '--baseDir',
      folder,
      '-o',
      relative(folder, out),
    ]);
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
    return readFileSync(out);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function moduleText(bytes) {
  const lines = bytes.toString('base64').match(/.{1,100}/g) ?? [];
  return [
    '// Made from ../../kernels by `node packages/sonography/kernels/build.mjs`; a test compiles them anew and compares.',
    '',
    '/** The compiled kernels, base64. */',
    'export const KERNELS_WASM =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}
