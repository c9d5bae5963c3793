import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sharedPage } from './shared-page.ts';

const markup = `<p>${'A page for everybody. '.repeat(200)}</p>`;
let app: FastifyInstance;

beforeAll(() => {
  app = Fastify();
  const page = sharedPage(markup);
  app.get('/', (request, reply) => page.send(request, reply));
});
afterAll(() => app.close());

it.each([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip;q=0.8', 'gzip', gunzipSync],
  ['br;q=0, gzip', 'gzip', gunzipSync],
  ['', undefined, (body: Buffer) => body],
  ['identity', undefined, (body: Buffer) => body],
])('whoever accepts "%s" can read it', async (accepts, encoding, decode) => {
  for (let turn = 0; turn < 2; turn++) {
    const response = await app.inject({ url: '/', headers: { 'accept-encoding': accepts } });
    expect(response.headers['content-encoding']).toBe(encoding);
    expect(response.headers.vary).toContain('accept-encoding');
    expect(decode(response.rawPayload).toString()).toBe(markup);
  }
});
