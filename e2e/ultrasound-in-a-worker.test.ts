import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  blockScene,
  CODEC_FILES,
  type CodecFile,
  type LumaFrame,
  makePhantom,
  px,
  readDicom,
  trackClip,
  writeUltrasoundCine,
} from '@rectus/sonography';
import { nodeCodecs, nodeJpegLsEncoder } from '@rectus/sonography/node';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasUltrasoundData, ULTRASOUND_DATA } from '../packages/sonography/testing/shared-data.ts';
import { openBrowser } from './support/browser.ts';
import type { Answer, Ask } from './support/ultrasound-worker.ts';

const ORIGIN = 'http://localhost:5998';
const SCRIPT = '/worker.js';
const { resolve } = createRequire(import.meta.url);
const codecs = nodeCodecs();
const hasData = hasUltrasoundData();
/** Everything that the page can fetch, by its path. */
const served = new Map<string, Uint8Array | string>();
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const root = join(import.meta.dirname, '..');
  const entry = join(root, 'e2e', 'support', 'ultrasound-worker.ts');
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'worker' } },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error('The worker could not be bundled');
  served.set(SCRIPT, first.output[0].code);
  for (const [name, file] of Object.entries(CODEC_FILES) as [CodecFile, string][])
    served.set(`/codecs/${name}`, readFileSync(resolve(file)));
  browser = await openBrowser();
  page = await browser.newPage();
  // Nothing listens there: every request is answered here.
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const body = served.get(path);
    if (path === '/')
      await route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>clip</title>' });
    else if (typeof body === 'string') await route.fulfill({ contentType: 'text/javascript', body });
    else if (body) await route.fulfill({ contentType: 'application/octet-stream', body: Buffer.from(body) });
    else await route.fulfill({ status: 404 });
  });
  await page.goto(`${ORIGIN}/`);
});
afterAll(() => browser.close());

/** Asks a worker of its own. */
async function inWorker(address: string, points: Ask['points'] = []): Promise<Answer> {
  return page.evaluate(
    ([url, ask]) =>
      new Promise<Answer>((done, fail) => {
        const worker = new Worker(url);
        worker.onmessage = ({ data }) => {
          worker.terminate();
          done(data);
        };
        worker.onerror = ({ message }) => fail(new Error(message));
        worker.postMessage(ask);
      }),
    [SCRIPT, { address, points }] as const,
  );
}

const hashOf = ({ luma }: LumaFrame) => createHash('sha256').update(luma).digest('hex');

describe("a clip in a browser's worker", () => {
  it('shows the pixels that it shows in Node, however it is stored, and its tissue is followed alike', async () => {
    const scene = blockScene({ lateralMm: 2, axialMm: 1 });
    const { clip } = makePhantom({ scene, width: 320, height: 240, activation: [0, 0.25, 0.5, 0.75, 1] });
    const { left = 0, top = 0, right = 0, bottom = 0 } = clip.regions[0] ?? {};
    const points = [0.4, 0.5, 0.6].map((share) => ({
      x: left + share * (right - left),
      y: top + share * (bottom - top),
    }));
    const marks = points.map(({ x, y }) => ({ x: px(x), y: px(y) }));
    const there = (await trackClip(clip, { points: marks })).points;
    const jpegLs = await nodeJpegLsEncoder();
    for (const pixels of ['explicit-little', 'explicit-big', 'rle', { jpegLs }] as const) {
      const address = `/${typeof pixels === 'object' ? 'jpeg-ls' : pixels}.dcm`;
      const of = { study: 'worker', series: 'worker', instance: address };
      served.set(address, await writeUltrasoundCine(clip, { ...of, pixels }));
      const answer = await inWorker(address, points);
      expect(answer).toMatchObject({ size: [320, 240], frames: 5, last: hashOf(await clip.frame(4)) });
      if ('refused' in answer) continue;
      answer.ends.forEach(([x, y], index) => {
        expect(x).toBeCloseTo(there[index]?.x.at(-1) ?? 0, 3);
        expect(y).toBeCloseTo(there[index]?.y.at(-1) ?? 0, 3);
      });
    }
  });

  it('that cannot be read is refused there as it is here', async () => {
    served.set('/letter.dcm', new TextEncoder().encode('A letter, and not a clip of anything.'));
    expect(await inWorker('/letter.dcm')).toEqual({ refused: 'not-this-format' });
  });

  it.skipIf(!hasData)('of a real machine is decoded by the same codecs', async () => {
    for (const name of [
      'pydicom_examples_ybr_color.dcm',
      'pydicom_examples_jpeg2k.dcm',
      'pydicomdata_JPGLosslessP14SV1_1s_1f_8b.dcm',
      'pydicomdata_gdcm-US-ALOKA-16.dcm',
    ]) {
      const bytes = readFileSync(join(ULTRASOUND_DATA, 'dicom', name));
      served.set(`/${name}`, bytes);
      const clip = await readDicom(bytes, codecs);
      const last = hashOf(await clip.frame(clip.frameCount - 1));
      expect(await inWorker(`/${name}`)).toMatchObject({ frames: clip.frameCount, last });
    }
  });

  it.skipIf(!hasData)('may be a video, which the browser decodes', async () => {
    const name = 'p6_isokinetic120_01_push_01.mp4';
    served.set(`/${name}`, readFileSync(join(ULTRASOUND_DATA, 'muscle', 'contraction', name)));
    expect(await inWorker(`/${name}`)).toMatchObject({ size: [1148, 624], frames: 79 });
  });
});
