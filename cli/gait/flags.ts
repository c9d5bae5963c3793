import { AS_PLUG_IN_GAIT, type KnownMeasurements, type SegmentTable, type Sided, WINTER } from '@rectus/gait';
import { UsageError } from '../lib/console.ts';

/** Flags of every command that needs the person, for `parseArgs`. */
export const SUBJECT_FLAGS = {
  static: { type: 'string' },
  mass: { type: 'string' },
  height: { type: 'string' },
  'leg-length': { type: 'string' },
  'knee-width': { type: 'string' },
  'ankle-width': { type: 'string' },
  'inter-asis': { type: 'string' },
  'marker-radius': { type: 'string' },
  'no-foot-flat': { type: 'boolean' },
  'no-vendor-events': { type: 'boolean' },
  markers: { type: 'string' },
  inertia: { type: 'string' },
} as const;

export type SubjectFlags = { readonly [K in keyof typeof SUBJECT_FLAGS]?: string | boolean | undefined };

/** The measurements that were given as flags. @throws UsageError */
export function knownMeasurements(flags: SubjectFlags): KnownMeasurements {
  const one = (flag: keyof SubjectFlags) => numberOf(flag, flags[flag]);
  const two = (flag: keyof SubjectFlags) => pairOf(flag, flags[flag]);
  return withoutUndefined({
    massKg: one('mass'),
    heightMm: one('height'),
    legLengthMm: two('leg-length'),
    kneeWidthMm: two('knee-width'),
    ankleWidthMm: two('ankle-width'),
    interAsisMm: one('inter-asis'),
  });
}

/** A positive number of a flag; undefined where it was not given. @throws UsageError */
export function numberOf(flag: string, text: string | boolean | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0)) throw new UsageError(`--${flag} needs a number above 0; it is ${text}.`);
  return value;
}

/** The table of segments that --inertia names. @throws UsageError */
export function segmentsOf({ inertia }: SubjectFlags): SegmentTable {
  if (inertia === undefined || inertia === 'winter') return WINTER;
  if (inertia === 'plug-in-gait') return AS_PLUG_IN_GAIT;
  throw new UsageError(`--inertia is winter or plug-in-gait, not ${inertia}.`);
}

function pairOf(flag: string, text: string | boolean | undefined): Sided<number> | undefined {
  if (text === undefined) return undefined;
  const [left, right] = String(text)
    .split(',')
    .map((part) => numberOf(flag, part));
  if (left === undefined) throw new UsageError(`--${flag} needs LEFT,RIGHT in millimetres.`);
  return { left, right: right ?? left };
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
