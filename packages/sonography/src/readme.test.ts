import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as node from '../node/codecs.ts';
import * as sonography from './index.ts';

/** What the example of the README leaves behind. */
interface Result {
  readonly contractions: number;
  readonly drawnApart: sonography.Retraction;
}

const MOST_PX_PER_FRAME = 6;

test('the example of the README runs as it stands, and tells how far the ends drew apart', async () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const example = readme.split('<!-- example')[1]?.split('```ts\n')[1]?.split('```')[0] ?? '';
  const body = example.replaceAll(/^import \{ (.*) \} from '(.*)';$/gm, (_, names: string, from: string) =>
    from === '@rectus/sonography' ? `const { ${names} } = sonography;` : `const { ${names} } = node;`,
  );
  expect(body).not.toContain('import');
  const { clip, truth } = sonography.makePhantom({
    scene: sonography.tearScene({ retractionMm: 9 }),
    mostPxPerFrame: MOST_PX_PER_FRAME,
  });
  const bytes = await sonography.writeUltrasoundCine(clip, { study: 'a', series: 'b', instance: 'c' });
  const { 'proximal end': left, 'distal end': right } = truth.landmarks;
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as FunctionConstructor;
  const run = new AsyncFunction('sonography', 'node', 'bytes', 'left', 'right', `${body}\nreturn result;`);
  const { contractions, drawnApart } = (await run(sonography, node, bytes, left, right)) as Result;
  expect(contractions).toBe(1);
  expect(Math.abs(drawnApart.value - 9)).toBeLessThan(0.6);
  expect(drawnApart.isClear).toBe(true);
});
