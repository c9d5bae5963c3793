import type { FastifyReply, FastifyRequest } from 'fastify';

/** So long whoever is still sending has to read our answer. */
const PATIENCE_MS = 3_000;

/** Answers while a body is still coming that nobody will read: the connection ends a little after the answer. */
export function answerWhileItComes(request: FastifyRequest, reply: FastifyReply): void {
  const { socket } = request.raw;
  reply.raw.once('finish', () => {
    // Once we have answered, Node would read all of the rest to keep the connection.
    request.raw.pause();
    setTimeout(() => socket.destroy(), PATIENCE_MS).unref();
  });
}
