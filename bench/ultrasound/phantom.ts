import {
  blockScene,
  type Clip,
  type LumaFrame,
  makePhantom,
  muscleScene,
  readDicom,
  tearScene,
  writeUltrasoundCine,
} from '@rectus/sonography';
import { nodeCodecs, nodeJpegLsEncoder } from '@rectus/sonography/node';
import { printTable, round } from '../lib/report.ts';
import type { Group } from './group.ts';

/** How true the phantom is to what was asked of it, and what its frames and files cost. */
export const measurePhantom: Group = async ({ small }) => {
  const statistics = measureStatistics();
  const phantomMsPerFrame = timeFrames(small ? 4 : 30);
  const files = await timeFiles(small ? 4 : 90);
  return { ...statistics, phantomMsPerFrame: round(phantomMsPerFrame, 1), ...files };
};

interface Sums {
  readonly power: number;
  readonly likeness: number;
  readonly difference: number;
  readonly envelope: number;
}

/** Means over two complex echoes: power of the first, their product, power of their difference, envelope. */
function sumsOf(a: Float32Array, b: Float32Array): Sums {
  let [power, other, product, difference, envelope] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i += 2) {
    const [ar, ai, br, bi] = [a[i] ?? 0, a[i + 1] ?? 0, b[i] ?? 0, b[i + 1] ?? 0];
    power += ar * ar + ai * ai;
    other += br * br + bi * bi;
    product += ar * br + ai * bi;
    difference += (ar - br) ** 2 + (ai - bi) ** 2;
    envelope += Math.hypot(ar, ai);
  }
  const count = a.length / 2;
  return {
    power: power / count,
    likeness: product / Math.sqrt(power * other),
    difference: difference / count,
    envelope: envelope / count,
  };
}

function measureStatistics() {
  let [snrErrorDb, correlationError, variation] = [0, 0, 0];
  const rows: [string, string, string][] = [];
  for (const [snrDb, correlation] of [
    [6, 0.8],
    [12, 0.9],
    [20, 0.95],
    [30, 0.99],
  ] as const) {
    const imaging = { attenuationDbPerCm: 0 };
    const phantom = makePhantom({ scene: blockScene(), snrDb, correlation, imaging });
    const still = phantom.echoAt(0, false);
    const { power, difference, envelope } = sumsOf(still, phantom.echoAt(0));
    const found = 10 * Math.log10(power / difference);
    const [next = 0, fourth = 0] = [1, 4].map((n) => sumsOf(still, phantom.echoAt(n, false)).likeness);
    snrErrorDb = Math.max(snrErrorDb, Math.abs(found - snrDb));
    correlationError = Math.max(correlationError, Math.abs(next - correlation));
    variation = Math.sqrt(power - envelope * envelope) / envelope;
    rows.push([
      `asked ${snrDb} dB and ${correlation}`,
      `${found.toFixed(2)} dB and ${next.toFixed(3)}`,
      `${fourth.toFixed(3)} after four frames`,
    ]);
  }
  rows.push([
    'deviation over mean of the envelope',
    variation.toFixed(3),
    '0.523 in fully developed speckle',
  ]);
  printTable('Phantom: noise and correlation as measured in its echoes', rows);
  return {
    phantomSnrErrorDb: round(snrErrorDb, 2),
    phantomCorrelationError: round(correlationError, 4),
    phantomEnvelopeVariation: round(variation, 3),
  };
}

/** Processor time for a frame of the tear at 640 × 480. */
function timeFrames(count: number): number {
  const phantom = makePhantom({ scene: tearScene(), correlation: 0.95 });
  phantom.frameAt(0);
  phantom.frameAt(1);
  const before = process.cpuUsage();
  for (let frame = 0; frame < count; frame++) phantom.frameAt(20 + frame);
  return process.cpuUsage(before).user / 1000 / count;
}

/** A large clip is made once, then written and read in each form. */
async function timeFiles(frames: number) {
  const phantom = makePhantom({
    scene: muscleScene(),
    ...{ width: 975, height: 743 },
    activation: Array.from({ length: frames }, (_, frame) => frame / Math.max(1, frames - 1)),
  });
  const made: LumaFrame[] = Array.from({ length: frames }, (_, frame) => phantom.frameAt(frame));
  const clip: Clip = { ...phantom.clip, frame: async (index) => made[index] ?? phantom.frameAt(index) };
  const codecs = nodeCodecs();
  const rows: [string, string, string][] = [];
  let [writeMs, readMs] = [0, 0];
  for (const pixels of [
    ...(['explicit-little', 'explicit-big', 'rle'] as const),
    { jpegLs: await nodeJpegLsEncoder() },
  ]) {
    const name = typeof pixels === 'object' ? 'jpeg-ls' : pixels;
    const start = performance.now();
    const file = await writeUltrasoundCine(clip, { study: 'bench', series: '1', instance: name, pixels });
    const written = performance.now();
    const read = await readDicom(file, codecs);
    for (let frame = 0; frame < frames; frame++) {
      const { luma } = await read.frame(frame);
      if (Buffer.compare(luma, made[frame]?.luma ?? new Uint8Array()) !== 0)
        throw new Error(`${name}: frame ${frame} was read otherwise than it was written`);
    }
    [writeMs, readMs] = [(written - start) / frames, (performance.now() - written) / frames];
    const times = `written in ${writeMs.toFixed(1)} ms and read in ${readMs.toFixed(1)} ms a frame, every pixel the same`;
    rows.push([name, `${(file.length / 1e6).toFixed(1)} MB`, times]);
  }
  printTable(`DICOM clips of 975 × 743 × ${frames} frames`, rows);
  return { jpegLsWriteMsPerFrame: round(writeMs, 1), jpegLsReadMsPerFrame: round(readMs, 1) };
}
