import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs the check over a small project made of `files`, on top of a house in which every room is in order. */
function check(files: Record<string, string>): Promise<{ status: number; text: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'rectus-imports-'));
  folders.push(folder);
  const house = {
    'packages/load/package.json':
      '{"name":"@rectus/load","exports":"./src/index.ts","dependencies":{"d3":"1"}}',
    'packages/load/src/index.ts': "export * from './moment.ts';",
    'packages/load/src/moment.ts': "import 'd3'; export const moment = 1;",
    'packages/load/src/moment.test.ts': "import 'node:fs'; import './moment.ts';",
    'clinic/platform/clock.ts': "import { moment } from '@rectus/load'; export const now = moment;",
    'clinic/capabilities/booking/index.ts': "export { hold } from './hold.ts';",
    'clinic/capabilities/booking/hold.ts':
      "import { now } from '../../platform/clock.ts'; export const hold = now;",
    'clinic/capabilities/payments/pay.ts':
      "import { hold } from '../booking/index.ts'; export const pay = hold;",
    'clinic/interop/fhir/door.ts': "import '../../capabilities/booking/index.ts';",
    'clinic/main.ts': "import './interop/fhir/door.ts'; import './capabilities/payments/pay.ts';",
    ...files,
  };
  for (const [path, text] of Object.entries(house)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'import-rules.mjs'), folder], (error, stdout) => {
      resolve({ status: error ? 1 : 0, text: stdout });
    });
  });
}

test('a house in order passes', async () => {
  expect(await check({})).toEqual({ status: 0, text: '9 files, 0 breaches of the import rules\n' });
});

test('a test of a door may build on what a capability gives to tests', async () => {
  const files = {
    'clinic/capabilities/booking/testing.ts': "export { hold } from './hold.ts';",
    'clinic/interop/fhir/door.test.ts': "import '../../capabilities/booking/testing.ts';",
  };
  expect(await check(files)).toMatchObject({ status: 0 });
  const door = "import '../../capabilities/booking/testing.ts';";
  expect((await check({ ...files, 'clinic/interop/fhir/door.ts': door })).text).toMatch(/entered only/);
});

const breaches: [string, Record<string, string>, RegExp][] = [
  [
    'the platform uses a capability',
    { 'clinic/platform/clock.ts': "import '../capabilities/booking/hold.ts';" },
    /clock\.ts imports .*platform may not use capabilities/,
  ],
  [
    'a capability uses a door for other software, for its type only',
    { 'clinic/capabilities/booking/hold.ts': "import type { D } from '../../interop/fhir/door.ts';" },
    /capabilities may not use interop/,
  ],
  [
    'a door uses the wiring',
    { 'clinic/interop/fhir/door.ts': "export * from '../../main.ts';" },
    /interop may not use main/,
  ],
  [
    'a package uses the clinic',
    { 'packages/load/src/moment.ts': "const c = import('../../../clinic/platform/clock.ts');" },
    /packages may not use platform/,
  ],
  [
    'a package touches the disk',
    { 'packages/load/src/moment.ts': "import { readFileSync } from 'node:fs';" },
    /may not use modules of the system/,
  ],
  [
    'a package uses what it does not declare',
    { 'packages/load/src/moment.ts': "import 'lodash/fp';" },
    /does not name lodash/,
  ],
  [
    'a capability reaches behind the door of another',
    { 'clinic/capabilities/payments/pay.tsx': "import { hold } from '../booking/hold.ts';" },
    /entered only through clinic\/capabilities\/booking\/index\.ts/,
  ],
  [
    'the clinic uses a benchmark',
    { 'bench/race.ts': '', 'clinic/main.ts': "import '../bench/race.ts';" },
    /main may not use outside/,
  ],
  ['an imported file does not exist', { 'clinic/main.ts': "import './gone.ts';" }, /does not exist/],
  [
    'files lead back to themselves',
    {
      'clinic/platform/clock.ts': "import './zone.ts';",
      'clinic/platform/zone.ts': "import type { now } from './clock.ts';",
    },
    /cycle: clinic\/platform\/clock\.ts → clinic\/platform\/zone\.ts → clinic\/platform\/clock\.ts/,
  ],
  ['a file cannot be read', { 'clinic/main.ts': 'import {' }, /main\.ts cannot be read/],
];

test.each(breaches)('it is found when %s', async (_name, files, message) => {
  const { status, text } = await check(files);
  expect(text).toMatch(message);
  expect(status).toBe(1);
});
