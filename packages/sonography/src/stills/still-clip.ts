import { type Clip, type LumaFrame, unscaledRegion } from '../clip.ts';
import type { Picture } from '../codecs/picture.ts';
import { lumaOf } from '../codecs/picture-luma.ts';
import { SonographyError } from '../sonography-error.ts';

/**
 * A clip of pictures that were taken one after the other. Nothing can be measured in it before its scale is set.
 *
 * @param framesPerSecond how fast they were taken
 * @throws SonographyError where there are none, or they differ in size
 */
export function clipOfStills(pictures: readonly Picture[], framesPerSecond: number): Clip {
  const [first] = pictures;
  if (!first) throw new SonographyError('bad-argument', 'A clip needs a picture.');
  if (!(framesPerSecond > 0))
    throw new SonographyError('bad-argument', 'A clip needs a number of frames a second.');
  const { width, height } = first;
  const odd = pictures.findIndex((one) => one.width !== width || one.height !== height);
  if (odd >= 0) throw new SonographyError('bad-argument', `Picture ${odd + 1} is not as large as the first.`);
  const frames = pictures.map(lumaOf);
  return clipOfLuma(
    frames,
    Float64Array.from(frames, (_, index) => index / framesPerSecond),
  );
}

/** A clip of frames that are in memory, at times in seconds from the first. */
export function clipOfLuma(frames: readonly LumaFrame[], times: Float64Array): Clip {
  const [{ width, height } = { width: 0, height: 0 }] = frames;
  return {
    ...{ width, height, times },
    frameCount: frames.length,
    regions: [unscaledRegion({ width, height }, 'A picture has no scale. Set it on a known distance.')],
    frame: async (index) => {
      const frame = frames[index];
      if (!frame)
        throw new SonographyError(
          'no-such-frame',
          `There is no frame ${index}: the clip has ${frames.length}.`,
        );
      return frame;
    },
  };
}
