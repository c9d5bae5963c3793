import { type DicomElement, WRITTEN_SYNTAX, writeDicomFile } from '@rectus/sonography';

export interface MadeClip {
  readonly frames: number;
  readonly bytesOfFrame: number;
  /** Numbers of its identifiers: the same, the same clip. */
  readonly study: number;
  readonly instance: number;
}

const ROOT = '1.2.826.0.1.3680043.10.1500';
export const studyUid = (n: number) => `${ROOT}.1.${n}`;
export const seriesUid = (n: number) => `${ROOT}.2.${n}`;
export const sopUid = (n: number) => `${ROOT}.3.${n}`;

/** A clip as machines send it, 975 × 743 px, whose frames are bytes that nobody decodes on the way in or out. */
export function madeClip({ frames, bytesOfFrame, study, instance }: MadeClip): Uint8Array {
  const text = (tag: number, vr: string, value: string): DicomElement => ({ tag, vr, value });
  const short = (tag: number, value: number): DicomElement => ({ tag, vr: 'US', value: [value] });
  return writeDicomFile(
    [
      text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.3.1'),
      text(0x00080018, 'UI', sopUid(instance)),
      text(0x00080020, 'DA', '20260302'),
      text(0x00080030, 'TM', '101500'),
      text(0x00080050, 'SH', ''),
      text(0x00080060, 'CS', 'US'),
      text(0x00080070, 'LO', 'Made for measuring'),
      text(0x00100010, 'PN', `SIMULATED^NOBODY ${study}`),
      text(0x00100020, 'LO', `SIM${study}`),
      text(0x00100030, 'DA', '19900517'),
      text(0x00181063, 'DS', '33.3'),
      text(0x0020000d, 'UI', studyUid(study)),
      text(0x0020000e, 'UI', seriesUid(study)),
      text(0x00200013, 'IS', String(instance)),
      text(0x00280004, 'CS', 'MONOCHROME2'),
      text(0x00280008, 'IS', String(frames)),
      ...[short(0x00280002, 1), short(0x00280010, 743), short(0x00280011, 975)],
      ...[short(0x00280100, 8), short(0x00280101, 8), short(0x00280102, 7), short(0x00280103, 0)],
      {
        tag: 0x7fe00010,
        vr: 'OB',
        value: { fragments: Array.from({ length: frames }, (_, n) => noise(bytesOfFrame, n)) },
      },
    ],
    WRITTEN_SYNTAX['jpeg-ls'],
  );
}

/** Bytes that do not repeat. */
function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed + 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
