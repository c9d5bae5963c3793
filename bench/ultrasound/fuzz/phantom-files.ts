import { blockScene, makePhantom, writeUltrasoundCine } from '@rectus/sonography';
import { nodeJpegLsEncoder } from '@rectus/sonography/node';

/** A file to be broken. */
export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A small simulated clip in every form that we write. */
export async function phantomFiles(): Promise<Sample[]> {
  const { clip } = makePhantom({ scene: blockScene(), width: 128, height: 96, activation: [0, 0.5, 1] });
  const of = { study: 'fuzz', series: 'fuzz', instance: 'fuzz' };
  const forms = {
    'explicit-little': 'explicit-little',
    'explicit-big': 'explicit-big',
    rle: 'rle',
    'jpeg-ls': { jpegLs: await nodeJpegLsEncoder() },
  } as const;
  const made: Sample[] = [];
  for (const [name, pixels] of Object.entries(forms))
    made.push({ name: `simulated, ${name}`, bytes: await writeUltrasoundCine(clip, { ...of, pixels }) });
  return made;
}
