// What we use of libraries that bring no types of their own.

interface DecodedInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned?: boolean;
}

interface NativeDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): DecodedInfo;
  getInterleaveMode?(): number;
  delete(): void;
}

interface NativeEncoder {
  getDecodedBuffer(info: DecodedInfo): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  setNearLossless(error: number): void;
  setInterleaveMode(mode: number): void;
  encode(): void;
  delete(): void;
}

interface NativeJpegEncoder {
  getDecodedBuffer(info: DecodedInfo): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  setQuality(quality: number): void;
  setSubSampling(subsampling: number): void;
  encode(): void;
  delete(): void;
}

interface NativeOptions {
  readonly wasmBinary: Uint8Array;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const load: (options: NativeOptions) => Promise<{ readonly JpegLSDecoder: new () => NativeDecoder }>;
  export default load;
}
declare module '@cornerstonejs/codec-charls/wasmjs' {
  const load: (options: NativeOptions) => Promise<{
    readonly JpegLSDecoder: new () => NativeDecoder;
    readonly JpegLSEncoder: new () => NativeEncoder;
  }>;
  export default load;
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const load: (options: NativeOptions) => Promise<{ readonly JPEGDecoder: new () => NativeDecoder }>;
  export default load;
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs' {
  const load: (options: NativeOptions) => Promise<{ readonly JPEGEncoder: new () => NativeJpegEncoder }>;
  export default load;
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const load: (options: NativeOptions) => Promise<{ readonly J2KDecoder: new () => NativeDecoder }>;
  export default load;
}
declare module 'jpeg-lossless-decoder-js' {
  export class Decoder {
    frame: {
      readonly dimX: number;
      readonly dimY: number;
      readonly numComp: number;
      readonly precision: number;
    };
    decompress(buffer: ArrayBuffer, offset?: number, length?: number): ArrayBuffer;
  }
}
