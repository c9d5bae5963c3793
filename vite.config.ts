import { existsSync, globSync, readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/** What a browser loads: each page's islands, and the style sheets with their fonts. */
const browserEntries = [
  'clinic/capabilities/*/islands/*.{ts,tsx}',
  'clinic/platform/web/islands/*.{ts,tsx}',
  'clinic/platform/web/styles/*.css',
];

function findEntries(): Record<string, string> {
  const files = globSync(browserEntries, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.(test|d)\.tsx?$/.test(file));
  return Object.fromEntries(files.sort().map((file) => [entryName(file), join(root, file)]));
}

/** `booking-slots` for clinic/capabilities/booking/islands/slots.ts, `patient` for a style sheet. */
function entryName(file: string): string {
  const { name } = parse(file);
  const capability = /^clinic\/capabilities\/([^/]+)\//.exec(file)?.[1];
  return capability === undefined ? name : `${capability}-${name}`;
}

/**
 * Packages that npm placed below `clinic/` because another version stands at the root: the built server lies
 * elsewhere and would find the wrong one, so these are built into it.
 */
function nestedPackages(): string[] {
  const folder = join(root, 'clinic/node_modules');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
    );
}

/** What the server runs in threads: programs of their own beside it, so that they can be started by name. */
const threads = {
  'gait-thread.js': 'clinic/capabilities/gait-lab/processing/thread.ts',
  'imaging-thread.js': 'clinic/capabilities/imaging/measuring/thread.ts',
};

function withThreads(): Plugin {
  return {
    name: 'threads',
    buildStart() {
      for (const [fileName, source] of Object.entries(threads))
        this.emitFile({ type: 'chunk', fileName, id: join(root, source) });
    },
  };
}

export default defineConfig(({ isSsrBuild }) => ({
  root,
  base: '/',
  appType: 'custom',
  publicDir: false,
  clearScreen: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: isSsrBuild ? [withThreads()] : [],
  ssr: { noExternal: nestedPackages() },
  // Codecs are loaded when a clip first needs them.
  worker: { format: 'es' },
  build: isSsrBuild
    ? {
        target: 'node24',
        outDir: 'dist/server',
        emptyOutDir: true,
        sourcemap: true,
        minify: false,
        copyPublicDir: false,
        rollupOptions: { output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' } },
      }
    : {
        target: 'es2022',
        outDir: 'dist/client',
        emptyOutDir: true,
        manifest: 'manifest.json',
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        cssCodeSplit: true,
        rollupOptions: {
          input: findEntries(),
          // Importing the package does nothing by itself: what a page does not call is left out, with what that stands on.
          treeshake: { moduleSideEffects: (id) => !id.includes('/packages/sonography/src/') },
        },
      },
}));
