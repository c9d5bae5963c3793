import { SonographyError } from '../sonography-error.ts';
import { type DataSet, textOf } from './data-set.ts';
import { TAG } from './tags.ts';

/** By what a picture is known everywhere. */
export interface Identity {
  readonly sopClass: string;
  readonly instance: string;
  readonly series: string;
  readonly study: string;
}

/** PS3.5 chapter 9: numbers and points, 64 characters at most. */
const UID = /^[0-9]+(\.[0-9]+)+$/;

const parts = { sopClass: TAG.sopClass, instance: TAG.sopInstance, series: TAG.series, study: TAG.study };

/** The identifiers of a file as far as it has them, for whoever has to say which file it was. */
export function knownIdentity(data: DataSet): Readonly<Record<keyof Identity, string | null>> {
  const uid = (name: keyof Identity) => uidOf(data, parts[name]) ?? null;
  return { sopClass: uid('sopClass'), instance: uid('instance'), series: uid('series'), study: uid('study') };
}

/** The names of the identifiers that a file lacks or writes wrongly. */
export function missingIdentity(data: DataSet): readonly (keyof Identity)[] {
  return (Object.keys(parts) as (keyof Identity)[]).filter((name) => !uidOf(data, parts[name]));
}

/**
 * The identifiers of a file: without all of them it must not be stored as if it were known.
 *
 * @throws SonographyError naming those that are missing
 */
export function identityOf(data: DataSet): Identity {
  const missing = missingIdentity(data);
  if (missing.length > 0)
    throw new SonographyError('missing-identity', `The file does not say which ${missing.join(', ')} it is.`);
  const uid = (name: keyof Identity) => uidOf(data, parts[name]) ?? '';
  return { sopClass: uid('sopClass'), instance: uid('instance'), series: uid('series'), study: uid('study') };
}

function uidOf(data: DataSet, tag: string): string | undefined {
  const text = textOf(data, tag)?.replace(/\0+$/, '');
  return text && text.length <= 64 && UID.test(text) ? text : undefined;
}
