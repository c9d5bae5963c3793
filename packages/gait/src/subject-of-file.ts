import { type C3dContent, numbersOf } from '@rectus/c3d';
import { GaitError } from './gait-error.ts';
import type { Subject } from './model/subject.ts';
import type { Sided } from './side.ts';

/** Measurements that are known from elsewhere and go before those of the files. */
export type KnownMeasurements = Partial<Subject>;

/**
 * The person's measurements as motion-capture programs store them in PROCESSING, from the first file that has each.
 *
 * @param otherwise what is taken where no file has it, such as what the markers show (`measuredByMarkers`)
 * @throws GaitError `missing-measurement` naming all that are in no file and not known
 */
export function subjectOfFiles(
  files: readonly Pick<C3dContent, 'groups'>[],
  known: KnownMeasurements = {},
  otherwise: KnownMeasurements = {},
): Subject {
  const missing: string[] = [];
  const stored = (name: string): number | null => {
    for (const { groups } of files) {
      const value = numbersOf(groups, 'PROCESSING', name)[0] ?? 0;
      if (value > 0) return value;
    }
    return null;
  };
  const need = (name: string): number => {
    const value = stored(name);
    if (value === null) missing.push(name);
    return value ?? Number.NaN;
  };
  const both = (name: string, instead: Sided<number> | undefined): Sided<number> => {
    const isStored = stored(`L${name}`) !== null && stored(`R${name}`) !== null;
    return !isStored && instead ? instead : { left: need(`L${name}`), right: need(`R${name}`) };
  };
  const subject: Subject = {
    massKg: known.massKg ?? need('Bodymass'),
    heightMm: known.heightMm ?? stored('Height'),
    legLengthMm: known.legLengthMm ?? both('LegLength', otherwise.legLengthMm),
    kneeWidthMm: known.kneeWidthMm ?? both('KneeWidth', otherwise.kneeWidthMm),
    ankleWidthMm: known.ankleWidthMm ?? both('AnkleWidth', otherwise.ankleWidthMm),
    interAsisMm: known.interAsisMm ?? stored('InterAsisDistance'),
    asisTrochanterMm: known.asisTrochanterMm ?? null,
  };
  if (missing.length > 0)
    throw new GaitError(
      'missing-measurement',
      `The person was not measured, or no file says so: ${missing.join(', ')}.`,
    );
  return subject;
}

/** Half the diameter of the markers as the files store it, under one of the names in use; null where none does. */
export function markerRadiusOfFiles(files: readonly Pick<C3dContent, 'groups'>[]): number | null {
  for (const { groups } of files) {
    for (const name of ['MarkerDiameter', 'Marker Diameter']) {
      const diameter = numbersOf(groups, 'PROCESSING', name)[0] ?? 0;
      if (diameter > 0) return diameter / 2;
    }
  }
  return null;
}
