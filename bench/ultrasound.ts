import { parseArgs } from 'node:util';
import { printResult } from './lib/report.ts';
import { measureContractions } from './ultrasound/contractions.ts';
import { measureDrift } from './ultrasound/drift.ts';
import { measureGap } from './ultrasound/gap.ts';
import type { Group } from './ultrasound/group.ts';
import { measureLoss } from './ultrasound/loss.ts';
import { measureMuscle } from './ultrasound/muscle.ts';
import { measurePhantom } from './ultrasound/phantom.ts';
import { measureSpeed } from './ultrasound/speed.ts';
import { measureTracking } from './ultrasound/tracking.ts';

const GROUPS: Readonly<Record<string, Group>> = {
  tracking: measureTracking,
  gap: measureGap,
  drift: measureDrift,
  loss: measureLoss,
  speed: measureSpeed,
  contractions: measureContractions,
  muscle: measureMuscle,
  phantom: measurePhantom,
};

// npm run -s bench -- ultrasound [--small] [--only NAME]: how exactly tissue is followed and measured, and how fast.
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
