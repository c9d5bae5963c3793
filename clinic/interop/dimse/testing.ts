import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Dataset as DataSet } from 'dcmjs-dimse';
import dimse from 'dcmjs-dimse';
import { inClinic } from '../../platform/database/in-clinic.ts';
import type { TestClinic, TestWorld } from '../../platform/database/testing.ts';
import { filesOf } from '../../platform/files/index.ts';
import { createRefusalNotes, type DimseListener, startListener } from './index.ts';
import { Dataset } from './library.ts';

/** A listener on a free port for the clinics of a test, and what it said to whoever runs it. */
export interface TestListener extends DimseListener {
  readonly said: readonly string[];
}

export async function listenFor(world: TestWorld): Promise<TestListener> {
  const said: string[] = [];
  const listener = await startListener(
    { host: '127.0.0.1', port: 0 },
    {
      db: world.db,
      clock: world.clock,
      files: filesOf(world.platform.config),
      notes: createRefusalNotes(world.clock),
      say: (line) => said.push(line),
    },
  );
  return { ...listener, said };
}

/** Gives a clinic its title, and a machine to it. Returns the machine's id. */
export function addMachine(
  { context }: Pick<TestClinic, 'context'>,
  { called, calling, mayStore = true }: { called: string; calling: string; mayStore?: boolean },
): Promise<string> {
  return inClinic(context, async ({ tx, clinicId }) => {
    await tx
      .insertInto('clinic_ae_title')
      .values({ clinic_id: clinicId, ae_title: called })
      .onConflict((other) => other.column('clinic_id').doUpdateSet({ ae_title: called }))
      .execute();
    const { id } = await tx
      .insertInto('imaging_machine')
      .values({
        clinic_id: clinicId,
        name: `Machine ${calling}`,
        ae_title: calling,
        may_store: mayStore,
        created_by: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
}

/** Who calls whom. */
export interface Line {
  readonly port: number;
  readonly calling: string;
  readonly called: string;
}

export interface Answer {
  readonly status: number;
  readonly comment: string | undefined;
  readonly elements: Record<string, unknown> | null;
}

export type Conversation =
  | { readonly rejected: { readonly result: number; readonly source: number; readonly reason: number } }
  | { readonly answers: readonly Answer[] }
  | { readonly broken: string };

interface Asking {
  /** Called with every answer; true cancels the question. */
  readonly cancelAfter?: number;
}

/** Sends one request as a machine does and collects what it is answered. */
function ask(
  line: Line,
  request: InstanceType<typeof dimse.requests.CFindRequest | typeof dimse.requests.CStoreRequest>,
  { cancelAfter }: Asking = {},
): Promise<Conversation> {
  return new Promise((resolve) => {
    const answers: Answer[] = [];
    const client = new dimse.Client();
    client.addRequest(request);
    request.on('response', (response: InstanceType<typeof dimse.responses.CFindResponse>) => {
      answers.push({
        status: response.getStatus(),
        comment: response.getErrorComment(),
        elements: response.getDataset()?.getElements() ?? null,
      });
      if (answers.length === cancelAfter) client.cancel(request as never);
    });
    client.on('associationRejected', (rejected: { result: number; source: number; reason: number }) =>
      resolve({ rejected }),
    );
    client.on('networkError', (error: Error) => resolve({ broken: error.message }));
    client.on('closed', () => resolve({ answers }));
    client.send('127.0.0.1', line.port, line.calling, line.called);
  });
}

/** Asks whether anybody is there. */
export function echo(line: Line): Promise<Conversation> {
  return ask(line, new dimse.requests.CEchoRequest() as never);
}

/** Asks the worklist. */
export function findWorklist(
  line: Line,
  keys: Record<string, unknown> = {},
  asking?: Asking,
): Promise<Conversation> {
  return ask(line, dimse.requests.CFindRequest.createWorklistFindRequest(keys), asking);
}

/** A data set as it is to be sent, byte for byte. */
export interface Sent {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly transferSyntax: string;
  readonly bytes: Buffer;
}

class GivenBytes extends Dataset {
  readonly #bytes: Buffer;
  constructor(sent: Sent) {
    super({ SOPClassUID: sent.sopClass, SOPInstanceUID: sent.sopInstance }, sent.transferSyntax);
    this.#bytes = sent.bytes;
  }
  override getDenaturalizedDataset(): Buffer {
    return this.#bytes;
  }
}

export function store(line: Line, sent: Sent): Promise<Conversation> {
  return ask(line, new dimse.requests.CStoreRequest(new GivenBytes(sent) as DataSet));
}

/** Where the data set of a file begins: after the preamble and the group of its meta information. */
export function dataSetOf(file: Uint8Array): Buffer {
  const bytes = Buffer.from(file);
  const afterLength = 128 + 4 + 12;
  return bytes.subarray(afterLength + bytes.readUInt32LE(afterLength - 4));
}

/** A connection without a library, for what no library sends. */
export async function rawConnection(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

/** Resolves with everything that came until the other side hung up. */
export function untilClosed(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  return new Promise((resolve) => socket.once('close', () => resolve(Buffer.concat(parts))));
}

/** The units of an association in which one ultrasound clip is sent, as bytes on the wire. */
/** A protocol data unit as it is on the wire. */
export function unitsOfStore(
  { calling, called }: Pick<Line, 'calling' | 'called'>,
  sent: Sent,
  pieces = 4,
): Buffer[] {
  const request = new dimse.requests.CStoreRequest(new GivenBytes(sent) as DataSet);
  request.setMessageId(1);
  const command = request.getCommandDataset().getDenaturalizedCommandDataset();
  const size = Math.ceil(sent.bytes.length / pieces);
  const data = Array.from({ length: pieces }, (_, at) => sent.bytes.subarray(at * size, (at + 1) * size));
  return [
    unit(1, associationRequest(called, calling, sent)),
    unit(4, fragment(command, 3)),
    ...data.map((piece, at) => unit(4, fragment(piece, at === pieces - 1 ? 2 : 0))),
    unit(5, Buffer.alloc(4)),
  ];
}

/** A protocol data unit as it is on the wire. */
export function unit(type: number, body: Buffer): Buffer {
  const head = Buffer.from([type, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

function fragment(bytes: Buffer, control: number): Buffer {
  const head = Buffer.from([0, 0, 0, 0, 1, control]);
  head.writeUInt32BE(bytes.length + 2, 0);
  return Buffer.concat([head, bytes]);
}

function item(type: number, body: Buffer): Buffer {
  const head = Buffer.from([type, 0, 0, 0]);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

function associationRequest(called: string, calling: string, sent: Sent): Buffer {
  const context = Buffer.concat([
    Buffer.from([1, 0, 0, 0]),
    item(0x30, Buffer.from(sent.sopClass)),
    item(0x40, Buffer.from(sent.transferSyntax)),
  ]);
  const user = Buffer.concat([
    item(0x51, Buffer.from([0, 0, 0x40, 0])),
    item(0x52, Buffer.from(`2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`)),
  ]);
  return Buffer.concat([
    Buffer.from([0, 1, 0, 0]),
    Buffer.from(called.padEnd(16)),
    Buffer.from(calling.padEnd(16)),
    Buffer.alloc(32),
    item(0x10, Buffer.from('1.2.840.10008.3.1.1.1')),
    item(0x20, context),
    item(0x50, user),
  ]);
}
