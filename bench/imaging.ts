import { parseArgs } from 'node:util';
import { measureDoors } from './imaging/doors.ts';
import { measureViewer } from './imaging/viewer.ts';
import { printResult } from './lib/report.ts';
import type { Group } from './ultrasound/group.ts';

const GROUPS: Readonly<Record<string, Group>> = {
  doors: measureDoors,
  viewer: measureViewer,
};

// npm run -s bench -- imaging [--small] [--only NAME]: how fast clips come in and frames go out, with few and with many stored, and how soon and smoothly they are seen.
const { values } = parseArgs({
  options: { small: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const result: Record<string, number> = {};
for (const [name, group] of Object.entries(GROUPS)) {
  if (values.only !== undefined && values.only !== name) continue;
  process.stderr.write(`measuring: ${name}\n`);
  Object.assign(result, await group({ small: values.small }));
}
printResult(result);
