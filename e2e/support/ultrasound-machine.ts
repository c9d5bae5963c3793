import { randomUUID } from 'node:crypto';
import {
  type CineOptions,
  makePhantom,
  type Phantom,
  tearScene,
  writeUltrasoundCine,
} from '@rectus/sonography';
import { dataSetOf, findWorklist, type Line, store } from '../../clinic/interop/dimse/testing.ts';

/** A torn muscle that contracts once: small, and quick to follow. Its gap is known in every frame. */
export function tornMuscle(seed: number): Phantom {
  return makePhantom({
    scene: tearScene(),
    ...{ width: 320, height: 240, mostPxPerFrame: 5, snrDb: 20, seed },
    contraction: { restFrames: 5, holdFrames: 6 },
  });
}

/** What the worklist tells a machine about an examination. */
export interface Ordered {
  readonly studyUid: string;
  readonly accession: string;
  readonly patientId: string;
  readonly patientName: string;
}

/** Asks the worklist for an order by its number, as a sonographer does at the machine. */
export async function order(line: Line, accession: string): Promise<Ordered> {
  const found = await findWorklist(line, { AccessionNumber: accession });
  const elements = 'answers' in found ? found.answers.find((one) => one.elements)?.elements : null;
  if (!elements) throw new Error(`The worklist has no ${accession}: ${JSON.stringify(found)}`);
  const name = elements.PatientName as string | readonly { readonly Alphabetic: string }[];
  return {
    studyUid: String(elements.StudyInstanceUID),
    accession: String(elements.AccessionNumber),
    patientId: String(elements.PatientID),
    patientName: typeof name === 'string' ? name : (name[0]?.Alphabetic ?? ''),
  };
}

export function record(phantom: Phantom, options: Partial<CineOptions>): Promise<Uint8Array> {
  const once = randomUUID();
  return writeUltrasoundCine(phantom.clip, { study: once, series: 'cine', instance: once, ...options });
}

/** Sends a clip by C-STORE. Returns the status that the clinic answered; 0 is success. */
export async function sendByDimse(line: Line, file: Uint8Array): Promise<number> {
  const { sopClass, sopInstance } = namesOf(file);
  const answered = await store(line, {
    ...{ sopClass, sopInstance },
    transferSyntax: '1.2.840.10008.1.2.1',
    bytes: dataSetOf(file),
  });
  if (!('answers' in answered)) throw new Error(JSON.stringify(answered));
  return answered.answers[0]?.status ?? -1;
}

/** Sends a clip by STOW-RS, with nothing but HTTP. Returns the status that the clinic answered. */
export async function sendByStow(url: string, token: string, file: Uint8Array): Promise<number> {
  const boundary = `clip-${randomUUID()}`;
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-type: application/dicom\r\n\r\n`),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const answer = await fetch(`${url}/dicomweb/studies`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/dicom+json',
      'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
    },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** Class and instance from the meta information: short elements of the type UI, explicit and little endian. */
function namesOf(file: Uint8Array): { readonly sopClass: string; readonly sopInstance: string } {
  const bytes = Buffer.from(file);
  const text = (element: number) => {
    const at = bytes.indexOf(Buffer.from([0x02, 0x00, element, 0x00, 0x55, 0x49]));
    const length = bytes.readUInt16LE(at + 6);
    return bytes.toString('latin1', at + 8, at + 8 + length).replace(/\0$/, '');
  };
  return { sopClass: text(0x02), sopInstance: text(0x03) };
}
