/** One picture as a codec gives it back: samples interleaved by pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for red, green, blue. */
  readonly channels: number;
  /** Significant bits of a sample. */
  readonly bits: number;
  /** 16-bit samples are in the machine's own order. */
  readonly samples: Uint8Array | Uint16Array;
}

/** Decodes one compressed picture. Throws whatever the library throws: `decodeFrame` says it in our words. */
export type Decode = (bytes: Uint8Array) => Picture;
