/** The kind of machine whose number formats a file uses: little-endian IEEE, DEC VAX, or big-endian IEEE. */
export type Processor = 'pc' | 'dec' | 'sgi';

/** The processor codes of the parameter section's fourth byte. */
const PROCESSOR_CODES: readonly Processor[] = ['pc', 'dec', 'sgi'];
const FIRST_CODE = 84;

export function processorOfCode(code: number): Processor | null {
  return PROCESSOR_CODES[code - FIRST_CODE] ?? null;
}

export function codeOfProcessor(processor: Processor): number {
  return FIRST_CODE + PROCESSOR_CODES.indexOf(processor);
}

const scratchReal = new Float32Array(1);
const scratchBits = new Uint32Array(scratchReal.buffer);

/**
 * The value of a VAX F-float. Its bits are an IEEE single's with the two 16-bit words swapped and an exponent that is
 * two larger; an exponent of 0 means zero, or with the sign set a reserved operand, here NaN.
 * (VAX Architecture Reference Manual, F_floating.)
 */
function realOfVaxBits(bits: number): number {
  const exponent = (bits >>> 23) & 0xff;
  if (exponent === 0) return bits >>> 31 === 0 ? 0 : Number.NaN;
  if (exponent < 255) {
    scratchBits[0] = bits;
    return (scratchReal[0] as number) / 4;
  }
  const magnitude = (1 + (bits & 0x7fffff) / 0x800000) * 2 ** 126;
  return bits >>> 31 === 0 ? magnitude : -magnitude;
}

/** The same as bits of an IEEE single; the two smallest binades of a VAX become subnormal and may lose their last bits. */
export function ieeeBitsOfVaxBits(bits: number): number {
  if (((bits >>> 23) & 0xff) > 2) return bits - (2 << 23);
  scratchReal[0] = realOfVaxBits(bits);
  return scratchBits[0] as number;
}

/** The bits of a VAX F-float, or null for what it cannot hold: no number, infinity, or 2^127 and more. */
function vaxBitsOfReal(value: number): number | null {
  const single = Math.fround(value);
  if (!(Math.abs(single) < 2 ** 127)) return null;
  scratchReal[0] = single;
  const bits = scratchBits[0] as number;
  const exponent = (bits >>> 23) & 0xff;
  if (exponent > 0) return (bits + (2 << 23)) >>> 0;
  // Subnormal singles: those from 2^-128 upwards become normal when multiplied by four, the rest round to zero.
  scratchReal[0] = single * 4;
  const raised = scratchBits[0] as number;
  return ((raised >>> 23) & 0xff) === 0 ? 0 : raised;
}

/** A 32-bit real at a byte. */
export function readReal(view: DataView, byte: number, processor: Processor): number {
  if (processor === 'pc') return view.getFloat32(byte, true);
  if (processor === 'sgi') return view.getFloat32(byte, false);
  return realOfVaxBits((view.getUint16(byte, true) << 16) | view.getUint16(byte + 2, true));
}

/** Writes a 32-bit real; false where the form cannot hold it (only DEC has such values: NaN, infinity, ≥ 2^127). */
export function writeReal(view: DataView, byte: number, value: number, processor: Processor): boolean {
  if (processor !== 'dec') {
    view.setFloat32(byte, value, processor === 'pc');
    return true;
  }
  const bits = vaxBitsOfReal(value);
  view.setUint16(byte, (bits ?? 0) >>> 16, true);
  view.setUint16(byte + 2, (bits ?? 0) & 0xffff, true);
  return bits !== null;
}

export function readInt16(view: DataView, byte: number, processor: Processor): number {
  return view.getInt16(byte, processor !== 'sgi');
}

export function readUint16(view: DataView, byte: number, processor: Processor): number {
  return view.getUint16(byte, processor !== 'sgi');
}

/** Writes the low 16 bits of a whole number, signed or unsigned. */
export function writeInt16(view: DataView, byte: number, value: number, processor: Processor): void {
  view.setInt16(byte, value, processor !== 'sgi');
}
