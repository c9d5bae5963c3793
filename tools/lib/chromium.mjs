import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { at, scriptOf } from './project.mjs';
import { runProcess } from './run-process.mjs';

const systemPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where Playwright keeps the browsers that it has downloaded. */
function playwrightCaches() {
  return [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    process.env.LOCALAPPDATA && join(process.env.LOCALAPPDATA, 'ms-playwright'),
  ].filter((folder) => folder && existsSync(folder));
}

function playwrightPlaces() {
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
  ];
  return playwrightCaches().flatMap((cache) =>
    readdirSync(cache)
      .filter((name) => /^chromium-\d+$/.test(name))
      .sort()
      .reverse()
      .flatMap((name) => inside.map((path) => join(cache, name, path))),
  );
}

/** The path of a Chromium that is already here, or undefined. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : undefined;
  return [...systemPlaces, ...playwrightPlaces()].find((path) => existsSync(path));
}

/** Tries to install one: by the system's packages for root, else by Playwright. Returns its path or undefined. */
export async function installChromium(node, progress) {
  if (process.env.CHROMIUM_PATH) return undefined;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    progress('apt-get install chromium');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runProcess('apt-get', ['update', '-qq'], { output: 'keep', env });
    await runProcess('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      output: 'keep',
      env,
    });
    if (findChromium()) return findChromium();
  }
  progress('Playwright’s own download');
  await runProcess(node, [scriptOf('playwright-core', 'playwright-core'), 'install', 'chromium'], {
    output: 'keep',
    cwd: at(),
  });
  return findChromium();
}

/** The one command that installs a browser, for people to copy. */
export function chromiumCommand() {
  const isDebian = existsSync('/usr/bin/apt-get');
  return isDebian ? 'sudo apt-get install -y chromium' : 'npx playwright-core install --with-deps chromium';
}
