import type { FileStore } from '../../../platform/files/index.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import { clipOf, type OpenClip } from '../core/open-clip.ts';
import { createRecent } from './recent.ts';
import { renderFrame } from './render-frame.ts';

/** As wide as pictures are asked for: lists, pages, and the frame as it is stored (null). */
export const PICTURE_WIDTHS = [160, 320, 480, 640, 960] as const;

const MIB = 1024 * 1024;
const pictures = createRecent<Buffer>(24 * MIB, (bytes) => bytes.length);
/** Whoever steps through a clip asks for its frames one after the other. */
const clips = createRecent<{ readonly clip: OpenClip; readonly bytes: number }>(
  48 * MIB,
  ({ bytes }) => bytes,
);

type Stored = Pick<ClipFacts, 'sha256' | 'sizeBytes' | 'format' | 'setScale'>;

/** The next width at which pictures are made, so that a handful of each is kept; null for the frame's own. */
export function pictureWidth(asked: number | null): number | null {
  if (asked === null) return null;
  return PICTURE_WIDTHS.find((width) => width >= asked) ?? null;
}

/**
 * A frame of a stored clip as JPEG, `width` pixels wide at most, or as wide as it is stored. Those made lately are kept
 * in memory, within bounds.
 *
 * @throws SonographyError where there is no such frame, or it cannot be decoded
 * @throws FileError where the file is not on the disk
 */
export function framePicture(
  files: FileStore,
  clinicId: string,
  stored: Stored,
  frame: number,
  width: number | null,
): Promise<Buffer> {
  const whose = `${clinicId} ${stored.sha256}`;
  return pictures.get(`${whose} ${frame} ${width}`, async () => {
    const { clip } = await clips.get(whose, async () => ({
      clip: await clipOf(files, clinicId, { ...stored, setScale: null }),
      bytes: stored.sizeBytes,
    }));
    return renderFrame(clip, frame, {
      type: 'image/jpeg',
      ...(width === null ? {} : { maxWidth: width }),
    });
  });
}
