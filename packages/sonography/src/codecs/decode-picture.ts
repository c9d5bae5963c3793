import { SonographyError } from '../sonography-error.ts';
import type { CodecName, Codecs } from './codecs.ts';
import { codedSize } from './jpeg-header.ts';
import type { Picture } from './picture.ts';

/** No ultrasound machine writes frames this large; a damaged header asks for them. */
export const MOST_PIXELS = 64 * 1024 * 1024;

/**
 * Decodes one compressed picture of a known size.
 *
 * @throws SonographyError where the picture declares another size, or cannot be decoded
 */
export async function decodePicture(
  codecs: Codecs,
  name: CodecName,
  bytes: Uint8Array,
  expected: { readonly width: number; readonly height: number } | null,
): Promise<Picture> {
  const coded = codedSize(bytes);
  if (!coded) throw new SonographyError('corrupt', 'The compressed picture does not say how large it is.');
  const { width, height, channels } = coded;
  if (width * height > MOST_PIXELS || width < 1 || height < 1 || channels < 1 || channels > 4)
    throw new SonographyError('corrupt', `The compressed picture says that it is ${width} × ${height}.`);
  if (expected && (expected.width !== width || expected.height !== height))
    throw new SonographyError(
      'corrupt',
      `The file says ${expected.width} × ${expected.height}, but its picture is ${width} × ${height}.`,
    );
  const decode = await codecs.open(name);
  let picture: Picture;
  try {
    picture = decode(bytes);
  } catch {
    throw new SonographyError('corrupt', 'The compressed picture is damaged and cannot be decoded.');
  }
  const { samples } = picture;
  if (
    picture.width !== width ||
    picture.height !== height ||
    samples.length < width * height * picture.channels
  )
    throw new SonographyError('corrupt', 'The compressed picture is damaged: parts of it are missing.');
  return picture;
}
