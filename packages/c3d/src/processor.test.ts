import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Processor, readInt16, readReal, readUint16, writeInt16, writeReal } from './processor.ts';

const view = new DataView(new ArrayBuffer(4));
const bytes = new Uint8Array(view.buffer);

function throughFile(value: number, processor: Processor): number {
  writeReal(view, 0, value, processor);
  return readReal(view, 0, processor);
}

const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

describe('the numbers of three kinds of machine', () => {
  it('reads VAX reals as DEC wrote them', () => {
    const known: [number[], number][] = [
      [[0x80, 0x40, 0, 0], 1],
      [[0x80, 0xc0, 0, 0], -1],
      [[0x60, 0x41, 0, 0], 3.5],
      [[0x49, 0x41, 0xd0, 0x0f], 2 * (1 + 0x490fd0 / 2 ** 23)],
      [[0, 0, 0, 0], 0],
      [[0xff, 0x7f, 0xff, 0xff], (2 - 2 ** -23) * 2 ** 126],
      [[0x80, 0, 0, 0], 2 ** -128],
    ];
    for (const [stored, value] of known) {
      bytes.set(stored);
      expect(readReal(view, 0, 'dec')).toBe(value);
    }
  });

  it('takes the reserved operand of a VAX for no number', () => {
    bytes.set([0, 0x80, 0, 0]);
    expect(readReal(view, 0, 'dec')).toBeNaN();
  });

  it('brings every single back from PC and SGI form', () => {
    fc.assert(
      fc.property(finite, fc.constantFrom<Processor>('pc', 'sgi'), (value, processor) => {
        expect(throughFile(value, processor)).toBe(value);
      }),
    );
  });

  it('brings every single back from DEC form that a VAX can hold', () => {
    fc.assert(
      fc.property(finite, (value) => {
        const back = throughFile(value, 'dec');
        if (Math.abs(value) >= 2 ** -128 && Math.abs(value) < 2 ** 127) expect(back).toBe(value);
        else if (Math.abs(value) < 2 ** -128) expect(Math.abs(back)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('says so where a VAX cannot hold a number', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -(2 ** 127)]) {
      expect(writeReal(view, 0, value, 'dec')).toBe(false);
    }
    expect(writeReal(view, 0, 1, 'dec')).toBe(true);
  });

  it('brings every 16-bit number back from every form, signed and unsigned', () => {
    const processors = fc.constantFrom<Processor>('pc', 'dec', 'sgi');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65535 }), processors, (value, processor) => {
        writeInt16(view, 0, value, processor);
        expect(readUint16(view, 0, processor)).toBe(value);
        expect(readInt16(view, 0, processor)).toBe(value > 32767 ? value - 65536 : value);
      }),
    );
  });
});
