/** Bytes that no conversation of the DICOM upper layer begins or goes on with. */
export class PduError extends Error {
  override readonly name = 'PduError';
}

/** What may come while nobody has said which file is on its way. */
export interface PduLimits {
  /** Bytes of a whole protocol data unit. */
  readonly pdu: number;
  /** Bytes of one command. */
  readonly command: number;
}

export const PDU_LIMITS: PduLimits = { pdu: 1024 * 1024, command: 64 * 1024 };

/** Type, reserved byte, length. */
const HEADER = 6;
/** Length, presentation context, message control header. */
const FRAGMENT_HEADER = 6;
const DATA = 0x04;
const LAST_KNOWN_TYPE = 0x07;

/** How much of commands and of data sets a unit carries, and how much of them still belongs to one that goes on. */
export interface Pdu {
  readonly bytes: Buffer;
  readonly type: number;
  /** Bytes of data sets in it. */
  readonly data: number;
}

/**
 * Cuts a stream of bytes into protocol data units, each checked: a type that exists, a length that may be, and
 * fragments that fill their unit. Nothing is held but the unit that is not complete yet.
 *
 * Source: DICOM PS3.8 section 9.3 and annex E.2.
 */
export function createPduFraming(limits: PduLimits = PDU_LIMITS): {
  /** @throws PduError on bytes that are no such unit */
  take(chunk: Buffer): readonly Pdu[];
} {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = HEADER;
  let command = 0;
  const check = (bytes: Buffer): Pdu => {
    const type = bytes[0] ?? 0;
    if (type !== DATA) return { bytes, type, data: 0 };
    const fragments = fragmentsOf(bytes);
    for (const one of fragments) {
      if (!one.command) continue;
      command += one.length;
      if (command > limits.command) throw new PduError(`A command of more than ${limits.command} bytes.`);
      if (one.last) command = 0;
    }
    const data = fragments.reduce((sum, one) => sum + (one.command ? 0 : one.length), 0);
    return { bytes, type, data };
  };
  return {
    take(chunk) {
      parts.push(chunk);
      held += chunk.length;
      const complete: Pdu[] = [];
      while (held >= wanted) {
        const all = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, held);
        const size = HEADER + lengthIn(all, limits);
        if (all.length >= size) complete.push(check(all.subarray(0, size)));
        const rest = all.length >= size ? all.subarray(size) : all;
        parts = rest.length > 0 ? [rest] : [];
        held = rest.length;
        wanted = all.length >= size ? HEADER : size;
      }
      return complete;
    },
  };
}

function lengthIn(bytes: Buffer, limits: PduLimits): number {
  const type = bytes[0] ?? 0;
  if (type < 1 || type > LAST_KNOWN_TYPE) throw new PduError(`There is no unit of type ${type}.`);
  const length = bytes.readUInt32BE(2);
  if (length > limits.pdu) throw new PduError(`A unit of ${length} bytes.`);
  return length;
}

interface Fragment {
  readonly command: boolean;
  readonly last: boolean;
  readonly length: number;
}

function fragmentsOf(pdu: Buffer): readonly Fragment[] {
  const fragments: Fragment[] = [];
  for (let at = HEADER; at < pdu.length; ) {
    if (at + FRAGMENT_HEADER > pdu.length) throw new PduError('A fragment that ends in its head.');
    const length = pdu.readUInt32BE(at) - 2;
    const header = pdu[at + 5] ?? 0;
    if (length < 0 || at + FRAGMENT_HEADER + length > pdu.length)
      throw new PduError('A fragment that is longer than its unit.');
    fragments.push({ command: (header & 1) !== 0, last: (header & 2) !== 0, length });
    at += FRAGMENT_HEADER + length;
  }
  if (fragments.length === 0) throw new PduError('A unit of data without any.');
  return fragments;
}
