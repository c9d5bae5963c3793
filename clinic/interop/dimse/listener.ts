import { type AddressInfo, createServer, type Socket } from 'node:net';
import { GatedSocket } from './gated-socket.ts';
import { MachineConnection, type Reception } from './machine-connection.ts';

/** Machines of a clinic are few; whoever opens more connections than this is none of them. */
const MOST_CONNECTIONS = 64;
/** Whoever has not said in this time who is calling has nothing to say. */
const ASK_WITHIN_MS = 15_000;
/** Files that are here in full are taken in before the listener stops, if that does not take longer. */
const FINISH_WITHIN_MS = 5_000;

export interface DimseListener {
  readonly port: number;
  /** Takes no more calls, finishes what is here in full, and hangs up. */
  stop(): Promise<void>;
}

/**
 * Listens for machines that speak DIMSE: C-ECHO, C-STORE of ultrasound, and questions to the modality worklist.
 * Unencrypted, and believing the names that machines give themselves: it belongs on the clinic's own network.
 * Rejects where the port cannot be had.
 */
export async function startListener(
  { host, port }: { readonly host: string; readonly port: number },
  reception: Reception,
): Promise<DimseListener> {
  const open = new Set<{ readonly gate: GatedSocket; readonly connection: MachineConnection }>();
  const server = createServer((socket) => {
    const gate = new GatedSocket(socket);
    const connection = new MachineConnection(gate, addressOf(socket), reception);
    const one = { gate, connection };
    open.add(one);
    const late = setTimeout(() => !connection.admitted && gate.destroy(), ASK_WITHIN_MS);
    gate.on('close', () => {
      clearTimeout(late);
      open.delete(one);
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      const tooLong = new Promise((resolve) => setTimeout(resolve, FINISH_WITHIN_MS).unref());
      await Promise.race([tooLong, Promise.all([...open].map(({ connection }) => connection.settled()))]);
      for (const { gate } of open) gate.destroy();
      await closed;
    },
  };
}

function addressOf(socket: Socket): string {
  return (socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
}
