import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blockScene, makePhantom } from '@rectus/sonography';
import { encode } from 'fast-png';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from './main.ts';

let folder: string;
const phantom = makePhantom({
  scene: blockScene({ lateralMm: 2 }),
  width: 320,
  height: 240,
  activation: [0, 0.1, 0.2],
});
const pictures = [0, 1, 2].map((n) => `frame-${n}.png`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rectus-track-'));
  pictures.forEach((name, n) => {
    const { width, height, luma } = phantom.frameAt(n);
    writeFileSync(join(folder, name), encode({ width, height, data: luma, channels: 1, depth: 8 }));
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const marks = (content: unknown) => {
  writeFileSync(at('marks.json'), JSON.stringify(content));
  return at('marks.json');
};

it('marks of a file are followed through pictures, and written as JSON', async () => {
  const points = marks({
    frame: 0,
    points: [{ name: 'middle', x: 160, y: 120 }],
    lines: [
      {
        name: 'across',
        vertices: [
          [100, 120],
          [220, 125],
        ],
      },
    ],
  });
  expect(await run(['track', ...pictures.map(at), '--points', points, '--out', at('tracked.json')])).toBe(0);
  const result = JSON.parse(readFileSync(at('tracked.json'), 'utf8'));
  expect(result).toMatchObject({ unit: 'px', frames: { from: 0, to: 2 } });
  expect(
    result.tracks.map(({ kind, name, vertex }: Record<string, unknown>) => [kind, name, vertex]),
  ).toEqual([
    ['point', 'middle', 0],
    ['line', 'across', 1],
    ['line', 'across', 2],
  ]);
  const scale = phantom.clip.regions[0]?.scale?.lateral ?? Number.NaN;
  expect(result.tracks[0].lost).toEqual([false, false, false]);
  expect(Math.abs(result.tracks[0].x[2] - 160 - 0.4 / scale)).toBeLessThan(0.2);
});

it('or as a table', async () => {
  const points = marks([[160, 120]]);
  const args = ['--points', points, '--format', 'csv', '--fast', '--out', at('tracked.csv')];
  expect(await run(['track', ...pictures.map(at), ...args])).toBe(0);
  const [head, ...rows] = readFileSync(at('tracked.csv'), 'utf8').trim().split('\n');
  expect(head).toContain('x_px,y_px,standard_error_px');
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatch(/^0,0\.0000,point,"point 1",0,160\.000,120\.000,0\.000,1\.000,0$/);
});

it('what is wrong with the marks is said, and nothing is written', async () => {
  const clip = pictures.map(at);
  expect(await run(['track', ...clip, '--points', marks({ points: [{ x: 'left', y: 3 }] })])).toBe(1);
  expect(await run(['track', ...clip, '--points', marks([[5000, 20]])])).toBe(1);
  expect(await run(['track', ...clip])).toBe(2);
});
