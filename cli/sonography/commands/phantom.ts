import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  blockScene,
  type CineOptions,
  drawingInScene,
  encodePng,
  interRectiScene,
  makePhantom,
  muscleScene,
  type Phantom,
  type PhantomOptions,
  type PlaneLoss,
  type ProbeSlip,
  type Scene,
  tearScene,
  writeUltrasoundCine,
} from '@rectus/sonography';
import { nodeJpegLsEncoder } from '@rectus/sonography/node';
import { say, UsageError } from '../../lib/console.ts';
import { writeResult } from '../../lib/write-result.ts';

/** The scenes by name, each with the numbers of it that can be set. */
const SCENES: Readonly<
  Record<
    string,
    { readonly make: (set: Record<string, number>) => Scene; readonly settable: readonly string[] }
  >
> = {
  tear: { make: tearScene, settable: ['restGapMm', 'retractionMm', 'proximalShare', 'seed'] },
  muscle: {
    make: muscleScene,
    settable: [
      ...['fascicleAngleDeg', 'superficialAngleDeg', 'deepAngleDeg', 'superficialDepthMm', 'heightMm'],
      ...['excursionMm', 'thickening', 'seed'],
    ],
  },
  'drawing-in': {
    make: drawingInScene,
    settable: [
      ...['transversusMm', 'activationRatio', 'internalMm', 'internalRatio', 'externalMm', 'coverMm'],
      ...['slideMm', 'seed'],
    ],
  },
  'inter-recti': {
    make: interRectiScene,
    settable: ['restMm', 'peakMm', 'rectusMm', 'thickening', 'coverMm', 'seed'],
  },
  block: {
    make: (set) => blockScene(set),
    settable: ['lateralMm', 'axialMm', 'lateralStrain', 'axialStrain', 'shear', 'rotationDeg'],
  },
};
const STORES = ['jpeg-ls', 'native', 'big-endian', 'rle'] as const;

/** Writes a simulated clip with its truth. */
export async function phantomCommand(args: readonly string[]): Promise<void> {
  const values = parse(args);
  const { out, truth, stills } = values;
  if (out === undefined && truth === undefined && stills === undefined)
    throw new UsageError('Name what to write: --out FILE.dcm, --truth FILE.json or --stills FOLDER.');
  const pixels = await storeOf(values.store);
  const phantom = makePhantom(optionsOf(values));
  const { clip } = phantom;
  if (out !== undefined) {
    const name = basename(out, extname(out));
    const key = `rectus phantom/${args.filter((one) => one !== out).join(' ')}`;
    const file = await writeUltrasoundCine(clip, {
      ...{ study: key, series: '1', instance: name, pixels, onFrame: progress },
      patientName: values.patient ?? `SIMULATED^${values.scene.toUpperCase()}`,
      description: `Simulated: ${values.scene}`,
      ...(values.date === undefined ? {} : { date: values.date }),
    });
    writeResult(out, file);
  }
  if (truth !== undefined) writeResult(truth, `${JSON.stringify(truthInWords(phantom, values.scene))}\n`);
  if (stills !== undefined) writeStills(phantom, stills, values.scene);
  say(
    `${clip.frameCount} frames of ${clip.width} × ${clip.height} in ${(clip.frameCount / phantom.frameRate).toFixed(1)} s. Simulated: nobody was examined.`,
  );
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ out: text, truth: text, stills: text, patient: text, date: text, snr: text, correlation: text },
      ...{ seed: text, contractions: text, 'frame-rate': text, 'mm-per-px': text, 'most-px': text },
      scene: { type: 'string', default: 'tear' },
      size: { type: 'string', default: '640x480' },
      store: { type: 'string', default: 'jpeg-ls' },
      looks: { type: 'string', default: '3' },
      set: { type: 'string', multiple: true, default: [] },
      slip: { type: 'string', multiple: true, default: [] },
      lost: { type: 'string', multiple: true, default: [] },
      returning: { type: 'boolean', default: false },
    },
  });
  return values;
}

function optionsOf(values: ReturnType<typeof parse>): PhantomOptions {
  const [width, height] = numbers('size', values.size.replace('x', ','), 2);
  const given: Partial<Record<keyof PhantomOptions, number | undefined>> = {
    seed: one('seed', values.seed),
    snrDb: one('snr', values.snr),
    correlation: one('correlation', values.correlation),
    frameRate: one('frame-rate', values['frame-rate']),
    mmPerPx: one('mm-per-px', values['mm-per-px']),
    mostPxPerFrame: one('most-px', values['most-px']),
  };
  return {
    scene: sceneOf(values.scene, values.set),
    ...{ width: width ?? 0, height: height ?? 0 },
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    contraction: { count: one('contractions', values.contractions) ?? 1 },
    slips: values.slip.map((text): ProbeSlip => {
      const [frame = 0, lateralMm = 0, axialMm = 0] = numbers('slip', text, 3);
      return { frame, lateralMm, axialMm };
    }),
    planeLosses: values.lost.map((text): PlaneLoss => {
      const [from = 0, to = 0] = numbers('lost', text, 2);
      return { from, to };
    }),
    speckle: values.returning ? 'returns' : 'fades',
    imaging: { looks: one('looks', values.looks) ?? 1 },
  };
}

function sceneOf(name: string, settings: readonly string[]): Scene {
  const scene = SCENES[name];
  if (!scene) throw new UsageError(`--scene is one of ${Object.keys(SCENES).join(', ')}, not ${name}.`);
  const set = settings.map((text): [string, number] => {
    const [key = '', value = ''] = text.split('=');
    if (!scene.settable.includes(key))
      throw new UsageError(`${name} has no ${key}: --set takes ${scene.settable.join(', ')}.`);
    return [key, one(`set ${key}`, value) ?? 0];
  });
  return scene.make(Object.fromEntries(set));
}

async function storeOf(name: string): Promise<NonNullable<CineOptions['pixels']>> {
  if (name === 'jpeg-ls') return { jpegLs: await nodeJpegLsEncoder() };
  if (name === 'native') return 'explicit-little';
  if (name === 'big-endian') return 'explicit-big';
  if (name === 'rle') return 'rle';
  throw new UsageError(`--store is one of ${STORES.join(', ')}, not ${name}.`);
}

function one(flag: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : numbers(flag, text, 1)[0];
}

function numbers(flag: string, text: string, count: number): number[] {
  const found = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (found.length !== count || found.some((value) => Number.isNaN(value)))
    throw new UsageError(`--${flag} needs ${count === 1 ? 'a number' : `${count} numbers`}; it is ${text}.`);
  return found;
}

function progress(done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of} frames${done === of ? '\n' : ''}`);
  else if (done === of || done % 50 === 0) say(`${done} of ${of} frames`);
}

/** The truth as JSON: times in s, places in px of the stored frame, null where a place is lost. */
function truthInWords({ clip, truth, frameRate }: Phantom, scene: string) {
  const tracks = Object.entries(truth.landmarks).map(([name, place]) => {
    const found = Array.from(clip.times, (_, frame) => truth.at(frame, place));
    return [name, found.map((there) => (there === 'lost' ? null : [there.x, there.y]))];
  });
  const { scale, left, top, right, bottom } = clip.regions[0] ?? {};
  return {
    ...{ simulated: true, scene, frameRate },
    region: { left, top, right, bottom, mmPerPx: scale && { lateral: scale.lateral, axial: scale.axial } },
    phases: truth.phases,
    outOfPlane: [...truth.outOfPlane].flatMap((lost, frame) => (lost ? [frame] : [])),
    series: Object.fromEntries(Object.entries(truth.series).map(([name, values]) => [name, [...values]])),
    landmarks: Object.fromEntries(tracks),
  };
}

function writeStills({ frameAt, truth }: Phantom, folder: string, scene: string): void {
  const moments = { rest: 0, contraction: truth.phases[0]?.peak ?? 0 };
  for (const [name, frame] of Object.entries(moments)) {
    writeResult(join(folder, `${scene}-${name}.png`), encodePng(frameAt(frame)));
  }
}
