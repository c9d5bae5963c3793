import {
  type Clip,
  type Codecs,
  clipOfStills,
  mm,
  type Picture,
  px,
  readDicom,
  readStill,
  scaleOfDistance,
  withScale,
} from '@rectus/sonography';
import { nodeCodecs } from '@rectus/sonography/node';
import type { FileStore } from '../../../platform/files/index.ts';
import type { ClipFacts } from './clip-facts.ts';
import { setScaleArea } from './set-scale-area.ts';

/** A stored clip, opened: frames are decoded when they are asked for. */
export interface OpenClip extends Clip {
  /** The frame as it looks: eight bits, grey or red, green and blue. */
  readonly picture: (index: number) => Promise<Picture>;
}

/** Decoders are loaded once, when the first clip needs them. */
let codecs: Codecs | null = null;

type Stored = Pick<ClipFacts, 'sha256' | 'format' | 'setScale'>;

/**
 * Reads a stored clip or still from the disk. Where a person set its scale, that takes the place of the file's regions.
 *
 * @throws SonographyError where it cannot be decoded
 * @throws FileError where the file is not on the disk
 */
export async function clipOf(files: FileStore, clinicId: string, clip: Stored): Promise<OpenClip> {
  const bytes = await files.read({ clinicId, sha256: clip.sha256 });
  return openClip(bytes, clip);
}

/** The same of bytes that are in memory. @throws SonographyError where they cannot be decoded */
export async function openClip(
  bytes: Uint8Array,
  { format, setScale }: Pick<Stored, 'format' | 'setScale'>,
): Promise<OpenClip> {
  codecs ??= nodeCodecs();
  const read: OpenClip = format === 'still' ? await openStill(bytes, codecs) : await readDicom(bytes, codecs);
  if (!setScale) return read;
  const { from, to, mm: length } = setScale;
  const scale = scaleOfDistance({
    from: { x: px(from.x), y: px(from.y) },
    to: { x: px(to.x), y: px(to.y) },
    length: mm(length),
  });
  return { ...withScale(read, scale, setScaleArea(read.regions)), picture: read.picture };
}

async function openStill(bytes: Uint8Array, codecs: Codecs): Promise<OpenClip> {
  const still = await readStill(bytes, codecs);
  return { ...clipOfStills([still], 1), picture: async () => still };
}
