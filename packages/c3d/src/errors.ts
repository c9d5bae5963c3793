/** Where in the file something stands: the byte, counted from 0, and the group and parameter if it is in one. */
export interface Place {
  readonly byte?: number;
  readonly group?: string;
  readonly parameter?: string;
}

/** What kind of fault an error is about. */
export type C3dErrorCode =
  /** The bytes do not begin as a C3D file does. */
  | 'not-c3d'
  /** The parameter section names no known processor, so that no number can be read. */
  | 'unknown-processor'
  /** Header and parameters leave no way to tell how a frame is laid out. */
  | 'frame-layout'
  /** Neither header nor parameters hold a usable frame rate. */
  | 'rate'
  /** Neither header nor parameters hold a usable scale, so that integer or real cannot be told apart. */
  | 'scale'
  /** The data section lies outside the file, or holds not one whole frame. */
  | 'no-frames'
  /** Reading would take more memory than a file of this size can justify. */
  | 'too-large'
  /** A length unit that is missing or unknown, where lengths are needed in millimetres. */
  | 'unknown-unit'
  /** A force plate whose channels, corners or calibration do not suffice to compute forces. */
  | 'plate'
  /** Content that a C3D file of the wanted form cannot hold. */
  | 'not-writable';

/** What an error of this package tells: its kind, what was expected, what was found, and where. */
export interface Complaint extends Place {
  readonly code: C3dErrorCode;
  readonly expected: string;
  readonly found: unknown;
}

const FOUND_LIMIT = 80;

function shown(found: unknown): string {
  const text = typeof found === 'string' ? JSON.stringify(found) : String(found);
  return text.length > FOUND_LIMIT ? `${text.slice(0, FOUND_LIMIT)}…` : text;
}

/** A place in words: `POINT:RATE, byte 1234`. */
export function placeInWords({ byte, group, parameter }: Place): string {
  const name = parameter === undefined ? group : `${group ?? ''}:${parameter}`;
  return [name, byte === undefined ? undefined : `byte ${byte}`]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** Everything that this package throws on purpose: which fault, where (byte, group, parameter), and why. */
export class C3dError extends Error {
  override readonly name = 'C3dError';
  readonly code: C3dErrorCode;
  readonly expected: string;
  readonly found: unknown;
  readonly byte: number | null;
  readonly group: string | null;
  readonly parameter: string | null;

  constructor(complaint: Complaint) {
    const { code, expected, found } = complaint;
    const place = placeInWords(complaint);
    super(`${place === '' ? '' : `${place}: `}expected ${expected}, found ${shown(found)}`);
    this.code = code;
    this.expected = expected;
    this.found = found;
    this.byte = complaint.byte ?? null;
    this.group = complaint.group ?? null;
    this.parameter = complaint.parameter ?? null;
  }
}
