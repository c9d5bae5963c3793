import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestWorld, testWorld } from '../database/testing.ts';
import { readForm } from './form.ts';
import { sendPage } from './server.ts';
import { UserError } from './user-error.ts';

let world: TestWorld;
let app: FastifyInstance;
const host = 'one.test';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

beforeAll(async () => {
  world = await testWorld();
  app = await world.serve(async (server) => {
    server.get('/hello', (request, reply) => sendPage(reply, request.clinic.name));
    server.post('/hello', (request, reply) => {
      const read = readForm(z.object({ name: z.string().max(20, 'too long') }), request.body);
      return sendPage(reply, JSON.stringify(read), { status: read.ok ? 200 : 422 });
    });
    server.get('/broken', () => {
      throw new Error('the inner workings');
    });
    server.get('/gone', () => {
      throw new UserError(410, 'It is gone', 'Somebody was faster.');
    });
  });
});
afterAll(async () => {
  await app.close();
  await world.close();
});

const post = (headers: Record<string, string>, payload = 'name=Ana') =>
  app.inject({ method: 'POST', url: '/hello', headers: { host, ...form, ...headers }, payload });

describe('a form', () => {
  it('from our own page is taken', async () => {
    expect((await post({ 'sec-fetch-site': 'same-origin', origin: 'http://one.test' })).statusCode).toBe(200);
    expect((await post({ origin: 'http://one.test' })).statusCode).toBe(200);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' }],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site', origin: 'http://www.one.test' }],
    ['an old browser on another site', { origin: 'http://evil.test' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['the other clinic', { 'sec-fetch-site': 'cross-site', origin: 'http://other.test' }],
  ])('from %s is refused', async (_who, headers) => {
    const response = await post(headers as unknown as Record<string, string>);
    expect(response.statusCode).toBe(403);
    expect(response.body).toContain('came from another site');
  });

  it('that is JSON, or far too large, is refused in plain words', async () => {
    const json = await post({ 'content-type': 'application/json' }, '{"name":"Ana"}');
    expect([json.statusCode, json.body.includes('only accept forms')]).toEqual([415, true]);
    const large = await post({}, `name=${'a'.repeat(10_000_000)}`);
    expect([large.statusCode, large.body.includes('too much text')]).toEqual([413, true]);
  });

  it('with a mistake comes back with the mistake named and everything typed', async () => {
    const response = await post({}, 'name=a+name+of+many+many+letters&note=kept');
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ errors: { name: 'too long' }, values: { note: 'kept' } });
  });

  it('cannot smuggle a prototype or a null byte in', async () => {
    const response = await post({}, '__proto__[name]=x&constructor=y&name=A%00na');
    expect(response.json().value).toEqual({ name: 'Ana' });
  });
});

describe('a page', () => {
  it('belongs to the clinic of its host', async () => {
    const [one, other] = await Promise.all(
      ['one.test', 'other.test'].map((name) => app.inject({ url: '/hello', headers: { host: name } })),
    );
    expect([one?.body, other?.body]).toEqual(['Clinic one', 'Clinic other']);
    expect((await app.inject({ url: '/hello', headers: { host: 'nobody.test' } })).statusCode).toBe(404);
  });

  it('forbids inline scripts, frames and foreign sources', async () => {
    const policy = String(
      (await app.inject({ url: '/hello', headers: { host } })).headers['content-security-policy'],
    );
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  it('that breaks says so without its inner workings, and a refusal keeps its own words', async () => {
    const broken = await app.inject({ url: '/broken', headers: { host } });
    expect([broken.statusCode, broken.body.includes('inner workings')]).toEqual([500, false]);
    const gone = await app.inject({ url: '/gone', headers: { host } });
    expect([gone.statusCode, gone.body.includes('Somebody was faster.')]).toEqual([410, true]);
    const missing = await app.inject({ url: '/%00nowhere?<script>', headers: { host } });
    expect([missing.statusCode, missing.body.includes('<script>')]).toEqual([404, false]);
  });
});
