import type { Kernels } from './kernels.ts';
import { KERNELS_WASM } from './kernels-wasm.ts';

interface Exports extends Pick<Kernels, 'smoothLuma' | 'halve' | 'follow'> {
  readonly memory: WebAssembly.Memory;
}

const PAGE = 65_536;
let compiled: WebAssembly.Module | undefined;

/** The compiled SIMD kernels with a memory of their own. The module is small enough to be compiled at once. */
export function wasmKernels(): Kernels {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNELS_WASM), (letter) => letter.charCodeAt(0)));
  const instance = new WebAssembly.Instance(compiled);
  const { memory, smoothLuma, halve, follow } = instance.exports as unknown as Exports;
  let end = memory.buffer.byteLength;
  return {
    buffer: () => memory.buffer as ArrayBuffer,
    reserve(bytes) {
      const address = end;
      end += Math.ceil(bytes / 16) * 16;
      const missing = end - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      return address;
    },
    smoothLuma,
    halve,
    follow,
  };
}
