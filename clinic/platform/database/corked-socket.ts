import { connect, type Socket } from 'node:net';

/** Where a server listens: a socket's path, or a host and port. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * A connected socket that hands everything written in one go of the program to the system at once. The driver writes
 * each statement by itself, and a transaction sends several without waiting: on a machine where client and server
 * share few cores, every system call saved is a switch between them saved.
 */
export function corkedSocket({ host, port }: Place): Promise<Socket> {
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.setNoDelay(true);
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  let isCorked = false;
  socket.write = ((...args: unknown[]) => {
    if (!isCorked) {
      isCorked = true;
      socket.cork();
      process.nextTick(() => {
        isCorked = false;
        socket.uncork();
      });
    }
    return write(...args);
  }) as typeof socket.write;
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
