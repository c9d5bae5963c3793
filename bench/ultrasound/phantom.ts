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

/** What the phantom measures of itself, and what it costs. */
export interface PhantomNumbers {
  /** The farthest from the asked signal-to-noise ratio, dB. */
  readonly snrErrorDb: number;
  /** The farthest from the asked correlation between frames. */
  readonly correlationError: number;
  /** Deviation over mean of the envelope: 0.523 where speckle is fully developed. */
  readonly envelopeVariation: number;
  /** Processor time for a frame of 640 × 480 of the tear. */
  readonly phantomMsPerFrame: number;
  /** A clip of 975 × 743 × 90 frames written as JPEG-LS and read back, ms for each frame. */
  readonly writeMsPerFrame: number;
  readonly readMsPerFrame: number;
}

/** Prints how true the phantom is to what was asked of it, and what frames and files cost. */
export async function printPhantom(small: boolean, say: (line: string) => void): Promise<PhantomNumbers> {
  const statistics = measureStatistics(say);
  const phantomMsPerFrame = timeFrames(small ? 4 : 30);
  say(`phantom, tear 640 × 480: ${phantomMsPerFrame.toFixed(1)} ms a frame of processor time`);
  const files = await timeFiles(small ? 4 : 90, say);
  return { ...statistics, phantomMsPerFrame, ...files };
}

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

function measureStatistics(say: (line: string) => void) {
  let [snrErrorDb, correlationError, envelopeVariation] = [0, 0, 0];
  say('asked SNR dB  found   asked correlation  found (1 frame, 4 frames)');
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
    const [next, fourth] = [1, 4].map((frame) => sumsOf(still, phantom.echoAt(frame, false)).likeness);
    snrErrorDb = Math.max(snrErrorDb, Math.abs(found - snrDb));
    correlationError = Math.max(correlationError, Math.abs((next ?? 0) - correlation));
    envelopeVariation = Math.sqrt(power - envelope * envelope) / envelope;
    say(
      `${String(snrDb).padStart(12)}  ${found.toFixed(2).padStart(5)}   ${String(correlation).padStart(17)}  ${next?.toFixed(3)}, ${fourth?.toFixed(3)}`,
    );
  }
  return { snrErrorDb, correlationError, envelopeVariation };
}

function timeFrames(count: number): number {
  const phantom = makePhantom({ scene: tearScene(), correlation: 0.95 });
  phantom.frameAt(0);
  phantom.frameAt(1);
  const before = process.cpuUsage();
  for (let frame = 0; frame < count; frame++) phantom.frameAt(20 + frame);
  return process.cpuUsage(before).user / 1000 / count;
}

/** A large clip is made once, then written and read in each form. */
async function timeFiles(frames: number, say: (line: string) => void) {
  const phantom = makePhantom({
    scene: muscleScene(),
    ...{ width: 975, height: 743 },
    activation: Array.from({ length: frames }, (_, frame) => frame / Math.max(1, frames - 1)),
  });
  const made: LumaFrame[] = Array.from({ length: frames }, (_, frame) => phantom.frameAt(frame));
  const clip: Clip = { ...phantom.clip, frame: async (index) => made[index] ?? phantom.frameAt(index) };
  const codecs = nodeCodecs();
  const forms = ['explicit-little', 'explicit-big', 'rle', { jpegLs: await nodeJpegLsEncoder() }] as const;
  let [writeMsPerFrame, readMsPerFrame] = [0, 0];
  for (const pixels of forms) {
    const name = typeof pixels === 'object' ? 'jpeg-ls' : pixels;
    const start = performance.now();
    const file = await writeUltrasoundCine(clip, { study: 'bench', series: '1', instance: name, pixels });
    const written = performance.now();
    const read = await readDicom(file, codecs);
    let wrong = 0;
    for (let frame = 0; frame < frames; frame++) {
      const { luma } = await read.frame(frame);
      if (Buffer.compare(luma, made[frame]?.luma ?? new Uint8Array()) !== 0) wrong++;
    }
    writeMsPerFrame = (written - start) / frames;
    readMsPerFrame = (performance.now() - written) / frames;
    say(
      `975 × 743 × ${frames}, ${name.padEnd(15)} ${(file.length / 1e6).toFixed(1).padStart(5)} MB, written in ${writeMsPerFrame.toFixed(1)} ms and read in ${readMsPerFrame.toFixed(1)} ms a frame, ${wrong} frames differ`,
    );
    if (wrong > 0) throw new Error(`${name}: ${wrong} frames were read otherwise than they were written`);
  }
  return { writeMsPerFrame, readMsPerFrame };
}
