import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as c3d from '@rectus/c3d';
import { expect, test } from 'vitest';
import * as gait from './index.ts';

/** What the example of the README leaves behind. */
interface Result {
  readonly direction: readonly number[];
  readonly strides: number;
  readonly speedMPerS: number;
  readonly peakKneeDeg: number;
  readonly notes: readonly string[];
}

test('the example of the README runs as it stands', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const example = readme.split('<!-- example')[1]?.split('```ts\n')[1]?.split('```')[0] ?? '';
  const body = example.replaceAll(/^import \{ (.*) \} from '(.*)';$/gm, (_, names: string, from: string) =>
    from === '@rectus/c3d' ? `const { ${names} } = c3d;` : `const { ${names} } = gait;`,
  );
  expect(body).not.toContain('import');
  const run = new Function('gait', 'c3d', 'standingBytes', 'walkBytes', `${body}\nreturn result;`);
  const bytes = (trial: gait.SimulatedTrial) => c3d.writeC3d(gait.c3dOfTrial(trial));
  const person = gait.SIMULATED_ADULT;
  const result = run(
    gait,
    c3d,
    bytes(gait.simulateStanding(person)),
    bytes(gait.simulateWalk(person, gait.USUAL_WALK)),
  ) as Result;
  expect(result.direction).toEqual([1, 0, 0]);
  expect(result.strides).toBeGreaterThan(0);
  expect(result.speedMPerS).toBeCloseTo(gait.speedOf(gait.USUAL_WALK), 1);
  expect(result.peakKneeDeg).toBeGreaterThan(55);
  expect(result.notes).toContain('No norms are installed: the curves stand alone.');
});
