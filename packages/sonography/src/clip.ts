import type { Scale } from './scale.ts';

/** One frame as everything here measures it: 8-bit luma, row by row. */
export interface LumaFrame {
  readonly width: number;
  readonly height: number;
  /** height × width values, 0 black to 255 white. */
  readonly luma: Uint8Array;
}

/** A part of the image with one meaning, and one scale or a reason why it has none. */
export interface Region {
  /** Inclusive bounds in pixels. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly kind: 'tissue' | 'colour-flow' | 'm-mode' | 'spectral' | 'other';
  /** Null where nothing may be measured in it. */
  readonly scale: Scale | null;
  /** Why nothing may be measured; null where it may. */
  readonly refusal: RegionRefusal | null;
}

/** Why lengths in a region cannot be trusted. */
export interface RegionRefusal {
  readonly code:
    | 'not-tissue'
    | 'no-scale'
    | 'zero-scale'
    | 'implausible-scale'
    | 'other-unit'
    | 'outside-image'
    | 'empty';
  /** One sentence for people. */
  readonly message: string;
}

/** The whole picture as one region in which nothing may be measured yet, and why in one sentence. */
export function unscaledRegion({ width, height }: Pick<Clip, 'width' | 'height'>, message: string): Region {
  return {
    ...{ left: 0, top: 0, right: width - 1, bottom: height - 1 },
    kind: 'other',
    scale: null,
    refusal: { code: 'no-scale', message },
  };
}

/** A cine clip or a still, whatever file it came from. Frames are decoded when they are asked for. */
export interface Clip {
  readonly width: number;
  readonly height: number;
  readonly frameCount: number;
  /** Seconds from the first frame, one for each frame, never falling. */
  readonly times: Float64Array;
  readonly regions: readonly Region[];
  /** @throws SonographyError where the frame cannot be decoded */
  readonly frame: (index: number) => Promise<LumaFrame>;
}
