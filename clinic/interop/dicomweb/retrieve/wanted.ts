import { covers, type MediaType, mediaTypeOf } from '../media-types.ts';

const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1';
/** Pixels as they are, least significant byte first. */
const PLAIN = new Set([EXPLICIT_LITTLE, '1.2.840.10008.1.2', '1.2.840.10008.1.2.1.99']);

/** What compressed frames are by themselves. Source: DICOM PS3.18 table 8.7.3-5. */
const MEDIA: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.5': 'image/dicom-rle',
  '1.2.840.10008.1.2.4.50': 'image/jpeg',
  '1.2.840.10008.1.2.4.51': 'image/jpeg',
  '1.2.840.10008.1.2.4.57': 'image/jpeg',
  '1.2.840.10008.1.2.4.70': 'image/jpeg',
  '1.2.840.10008.1.2.4.80': 'image/jls',
  '1.2.840.10008.1.2.4.81': 'image/jls',
  '1.2.840.10008.1.2.4.90': 'image/jp2',
  '1.2.840.10008.1.2.4.91': 'image/jp2',
};
const OCTETS = 'application/octet-stream';

/** How bytes are given. */
export interface Given {
  readonly isMultipart: boolean;
  readonly type: string;
  /** The transfer syntax of what is given. */
  readonly syntax: string;
  /** Whether frames must be decoded for it. */
  readonly isDecoded: boolean;
}

/**
 * How frames are given to whoever accepts these types: as they are stored wherever that is accepted, decoded where only
 * plain pixels are, or null where neither.
 *
 * Source: DICOM PS3.18 sections 8.7.3.5 and 8.7.8.
 */
export function framesWanted(wishes: readonly MediaType[], stored: string, isOne: boolean): Given | null {
  const own = MEDIA[stored];
  for (const wish of wishes) {
    const isMultipart =
      wish.type === 'multipart/related' || wish.type === '*/*' || wish.type === 'multipart/*';
    if (!isMultipart && !isOne) continue;
    const type = isMultipart ? mediaTypeOf(wish.parameters.get('type') ?? '*/*').type : wish.type;
    const syntax = wish.parameters.get('transfer-syntax');
    const as = (given: string) => ({ isMultipart, type: given, syntax: stored, isDecoded: false });
    if (own && covers(type, own) && (!syntax || syntax === '*' || syntax === stored)) return as(own);
    if (!covers(type, OCTETS)) continue;
    if (syntax === '*' || syntax === stored) return as(OCTETS);
    if (syntax && syntax !== EXPLICIT_LITTLE) continue;
    if (PLAIN.has(stored)) return as(OCTETS);
    return { isMultipart, type: OCTETS, syntax: EXPLICIT_LITTLE, isDecoded: true };
  }
  return null;
}

const DICOM = 'application/dicom';

/** How whole files are given: always as they are stored; null where that is not accepted. */
export function filesWanted(
  wishes: readonly MediaType[],
  stored: readonly string[],
): { readonly isMultipart: boolean } | null {
  for (const wish of wishes) {
    const isMultipart =
      wish.type === 'multipart/related' || wish.type === '*/*' || wish.type === 'multipart/*';
    if (!isMultipart && stored.length > 1) continue;
    const type = isMultipart ? mediaTypeOf(wish.parameters.get('type') ?? DICOM).type : wish.type;
    const syntax = wish.parameters.get('transfer-syntax') ?? '*';
    if (covers(type, DICOM) && (syntax === '*' || stored.every((one) => one === syntax)))
      return { isMultipart };
  }
  return null;
}
