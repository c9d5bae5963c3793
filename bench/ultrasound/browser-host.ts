import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';

/** A page in Chromium without a GPU, with scripts and files of ours under an address of its own. */
export interface Host {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

const ORIGIN = 'http://localhost:5999';

/** Opens a page with a script; other files are served beside it. */
export async function openHost(
  script: string,
  files: Readonly<Record<string, { readonly type: string; readonly body: string | Buffer }>>,
): Promise<Host> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [...args, '--disable-gpu'],
  });
  const page = await browser.newPage();
  // Nothing listens there: every request is answered here.
  await page.route(`${ORIGIN}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname;
    const file = files[name];
    if (name === '/')
      await route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bench</title>' });
    else if (file) await route.fulfill({ contentType: file.type, body: file.body });
    else await route.fulfill({ status: 404 });
  });
  page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
  await page.goto(`${ORIGIN}/`);
  await page.addScriptTag({ content: script });
  return { page, close: () => browser.close() };
}

/** One script of bench/ultrasound/browser with all that it imports, as a browser takes it. */
export async function bundle(name: string): Promise<string> {
  const root = process.env.RECTUS_ROOT ?? process.cwd();
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      lib: { entry: join(root, 'bench', 'ultrasound', 'browser', name), formats: ['iife'], name: 'bench' },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (!chunk) throw new Error(`${name} could not be bundled`);
  return chunk.code;
}
