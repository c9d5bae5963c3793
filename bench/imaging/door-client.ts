import { Agent, request } from 'node:http';

/** A program on the other side of the door. */
export interface DoorClient {
  get(path: string, accept: string): Promise<Buffer>;
  store(file: Uint8Array): Promise<void>;
  close(): void;
}

const EDGE = 'edge-of-a-part';
const HEAD = Buffer.from(`--${EDGE}\r\nContent-Type: application/dicom\r\n\r\n`);
const TAIL = Buffer.from(`\r\n--${EDGE}--\r\n`);

/** Connections are kept. Throws on every answer that is not a success. */
export function openDoorClient(to: {
  readonly port: number;
  readonly host: string;
  readonly token?: string;
}): DoorClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const common = { host: to.host, ...(to.token ? { authorization: `Bearer ${to.token}` } : {}) };
  const send = (
    method: string,
    path: string,
    headers: Record<string, string | number>,
    body?: readonly Uint8Array[],
  ) =>
    new Promise<Buffer>((resolve, reject) => {
      const sent = request({
        agent,
        host: '127.0.0.1',
        port: to.port,
        method,
        path,
        headers: { ...common, ...headers },
      });
      sent.once('error', reject);
      sent.once('response', (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.once('error', reject);
        answer.once('end', () => {
          const whole = Buffer.concat(pieces);
          if (answer.statusCode === 200) resolve(whole);
          else reject(new Error(`${method} ${path}: ${answer.statusCode} ${whole.toString().slice(0, 200)}`));
        });
      });
      for (const piece of body ?? []) sent.write(piece);
      sent.end();
    });
  return {
    get: (path, accept) => send('GET', path, { accept }),
    async store(file) {
      const length = HEAD.length + file.length + TAIL.length;
      const type = `multipart/related; type="application/dicom"; boundary=${EDGE}`;
      await send('POST', '/dicomweb/studies', { 'content-type': type, 'content-length': length }, [
        HEAD,
        file,
        TAIL,
      ]);
    },
    close: () => agent.destroy(),
  };
}
