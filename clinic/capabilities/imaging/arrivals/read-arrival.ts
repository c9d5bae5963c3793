import {
  type DicomIndex,
  dicomJson,
  indexDicom,
  type Region,
  readStill,
  SonographyError,
  uidOf,
  unscaledRegion,
} from '@rectus/sonography';
import { nodeCodecs } from '@rectus/sonography/node';
import type { ClipFacts, ClipSays } from '../core/clip-facts.ts';
import { vrOf } from '../core/vr-of.ts';
import type { Refused } from './refusal.ts';

/** Everything that a file says of itself, ready for its row. */
export type ReadFile = Pick<
  ClipFacts,
  | 'format'
  | 'sopUid'
  | 'sopClass'
  | 'seriesUid'
  | 'dicomStudyUid'
  | 'transferSyntax'
  | 'width'
  | 'height'
  | 'times'
  | 'regions'
  | 'warnings'
  | 'says'
  | 'frameIndex'
> & {
  readonly modality: string;
  readonly metadata: unknown;
  /** Where its data set begins: what stands before it differs by the door that it came by. */
  readonly dataStart: number;
};

/** What could be read of a file that is refused, so that whoever sent it knows which one it was. */
export interface ReadRefused extends Refused {
  readonly sopUid: string | null;
  readonly sopClass: string | null;
  readonly studyUid: string | null;
}

export type ReadArrival =
  | { readonly kind: 'read'; readonly file: ReadFile }
  | { readonly kind: 'refused'; readonly refused: ReadRefused };

const UID_WORDS = {
  sopClass: 'SOP Class UID',
  instance: 'SOP Instance UID',
  series: 'Series Instance UID',
  study: 'Study Instance UID',
} as const;

const PROBLEM_CODES = {
  'cut-off': 'cut-off',
  'no-pictures': 'not-pictures',
  unsupported: 'unsupported',
  damaged: 'damaged',
} as const;

const NOBODY: ClipSays = {
  name: null,
  patientId: null,
  birthDate: null,
  accession: null,
  studyDate: null,
  manufacturer: null,
  model: null,
  burnedIn: null,
};

/** Looks into a DICOM file without decoding a pixel of it. */
export async function readDicomArrival(bytes: Uint8Array): Promise<ReadArrival> {
  const index = await indexDicom(bytes).catch((error: unknown) => {
    if (error instanceof SonographyError) return error;
    throw error;
  });
  if (index instanceof SonographyError)
    return refuse(index.code === 'not-this-format' ? 'not-dicom' : 'damaged', index.message, null);
  const { pictures, problem } = index;
  if (index.missing.length > 0)
    return refuse(
      'missing-uids',
      `The file lacks its ${index.missing.map((name) => UID_WORDS[name]).join(', its ')}, or writes it wrongly: it cannot be told from others.`,
      index,
    );
  if (!pictures)
    return refuse(PROBLEM_CODES[problem?.code ?? 'damaged'], problem?.message ?? 'It is damaged.', index);
  return {
    kind: 'read',
    file: {
      format: 'dicom',
      sopUid: index.uids.instance ?? '',
      sopClass: index.uids.sopClass ?? '',
      seriesUid: index.uids.series ?? '',
      dicomStudyUid: index.uids.study ?? '',
      transferSyntax: index.transferSyntax.uid,
      dataStart: index.dataStart,
      width: pictures.width,
      height: pictures.height,
      times: pictures.times,
      regions: pictures.regions,
      warnings: index.warnings.concat(),
      says: saysOf(index, pictures.about),
      frameIndex: pictures.frameIndex,
      modality: pictures.about.modality ?? '',
      metadata: await dicomJson(bytes, vrOf),
    },
  };
}

function saysOf({ accession }: DicomIndex, about: NonNullable<DicomIndex['pictures']>['about']): ClipSays {
  const { patientName, patientId, birthDate, studyDate, manufacturer, model, burnedIn } = about;
  return {
    ...{ patientId, birthDate, accession, studyDate, manufacturer, model, burnedIn },
    name: patientName,
  };
}

/** PS3.4 B.5: the class of pictures that were captured from something else. */
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

/**
 * A PNG or JPEG picture of an examination. It says nothing of itself: its identifiers follow from its bytes, so that the
 * same picture comes once.
 */
export async function readStillArrival(
  bytes: Uint8Array,
  { sha256, studyUid }: { readonly sha256: string; readonly studyUid: string },
): Promise<ReadArrival> {
  const picture = await readStill(bytes, nodeCodecs()).catch((error: unknown) => {
    if (error instanceof SonographyError) return error;
    throw error;
  });
  if (picture instanceof SonographyError) return refuse('damaged', picture.message, null);
  const region: Region = unscaledRegion(picture, 'A picture has no scale. Set it on a known distance.');
  return {
    kind: 'read',
    file: {
      format: 'still',
      sopUid: uidOf(`still/${sha256}`),
      sopClass: SECONDARY_CAPTURE,
      seriesUid: uidOf(`${studyUid}/stills`),
      dicomStudyUid: studyUid,
      transferSyntax: bytes[0] === 0xff ? 'image/jpeg' : 'image/png',
      dataStart: 0,
      width: picture.width,
      height: picture.height,
      times: [0],
      regions: [region],
      warnings: [],
      says: NOBODY,
      frameIndex: [[0, bytes.length]],
      modality: 'US',
      metadata: {},
    },
  };
}

export function refuse(code: Refused['code'], reason: string, index: DicomIndex | null): ReadArrival {
  return {
    kind: 'refused',
    refused: {
      ...{ code, reason },
      sopUid: index?.uids.instance ?? null,
      sopClass: index?.uids.sopClass ?? null,
      studyUid: index?.uids.study ?? null,
    },
  };
}
