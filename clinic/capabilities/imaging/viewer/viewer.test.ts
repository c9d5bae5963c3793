import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { filesOf } from '../../../platform/files/index.ts';
import type { Exam } from '../core/exam.ts';
import { arrive, newExam, orderedBytes } from '../testing.ts';
import type { ViewerExam } from './client/contracts.ts';
import { unpackFrames } from './frame-pack.ts';
import { viewerRoutes } from './viewer-routes.tsx';

let world: TestWorld;
let app: FastifyInstance;
let exam: Exam;
let clipId = '';
let bytes: Uint8Array;

/** Stands in for the session that the accounts capability finds: the role is what a test says. */
async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    request.staff = role
      ? { userId: 'ines', name: 'Inês Duarte', email: 'ines@example.org', role, resourceId: null }
      : null;
  });
}

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { host: 'one.test', 'x-role': 'clinician', ...headers } });

beforeAll(async () => {
  world = await testWorld();
  app = await world.serve(signedIn, viewerRoutes);
  const { context } = world.one;
  exam = await newExam(context, {
    now: world.clock.now(),
    about: { anatomy: 'Rectus femoris', side: 'right' },
  });
  bytes = await orderedBytes(exam);
  const taken = await arrive(context, filesOf(world.platform.config), bytes);
  clipId = taken.kind === 'refused' ? '' : taken.instanceId;
});
afterAll(async () => {
  await app.close();
  await world.close();
});

describe('the viewer', () => {
  it('shows both pictures of an examination, says whose it is, and works from what the page holds', async () => {
    const page = await get(`/desk/imaging/${exam.id}/view?rightFrame=5`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('data-theme="imaging"');
    expect(page.body).toContain('Rita Prado');
    expect(page.body).toContain('right rectus femoris');
    expect(page.body).toContain('frame 5 · ');
    expect(page.body).toContain(`/desk/imaging/clips/${clipId}/frames/0.jpg`);
    const [, state = ''] = /data-part="state">(.*?)<\/script>/.exec(page.body) ?? [];
    const { exam: shown } = JSON.parse(state) as { exam: ViewerExam };
    expect(shown.clips[0]).toMatchObject({ id: clipId, frames: 8, width: 240, height: 180 });
    expect(shown.clips[0]?.regions[0]?.scale?.axial).toBeGreaterThan(0);
    expect(shown.clips[0]).not.toHaveProperty('says');
  });

  it('is one event in the audit log for each look, and none for its frames', async () => {
    const count = () =>
      inClinic(world.one.context, async ({ tx }) => {
        const seen = tx.selectFrom('audit_event').select('id').where('action', '=', 'imaging_exam.viewed');
        return (await seen.where('subject_id', '=', exam.id).execute()).length;
      });
    const before = await count();
    await get(`/desk/imaging/${exam.id}/view`);
    await get(`/desk/imaging/clips/${clipId}/frames?from=0&to=7`);
    expect(await count()).toBe(before + 1);
  });

  it('gives frames as they are stored, many at once, to be kept by the browser that asked', async () => {
    const answer = await get(`/desk/imaging/clips/${clipId}/frames?from=2&to=5`);
    const frames = unpackFrames(answer.rawPayload);
    expect(frames.map(({ length }) => length)).toEqual([43_200, 43_200, 43_200, 43_200]);
    expect(Buffer.from(bytes).includes(Buffer.from(frames[3] ?? []))).toBe(true);
    expect(answer.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect(answer.headers['content-encoding']).toBeUndefined();
    const again = await get(`/desk/imaging/clips/${clipId}/frames?from=2&to=5`, {
      'if-none-match': String(answer.headers.etag),
    });
    expect(again.statusCode).toBe(304);
    const head = await get(`/desk/imaging/clips/${clipId}/head`);
    expect(
      Buffer.concat([
        head.rawPayload,
        ...unpackFrames((await get(`/desk/imaging/clips/${clipId}/frames?from=0&to=0`)).rawPayload),
      ]),
    ).toEqual(Buffer.from(bytes).subarray(0, head.rawPayload.length + 43_200));
  });

  it('refuses frames that are not there, other clinics, and people of the front desk', async () => {
    const frames = `/desk/imaging/clips/${clipId}/frames`;
    expect((await get(`${frames}?from=8`)).statusCode).toBe(404);
    expect((await get(`${frames}?from=5&to=2`)).statusCode).toBe(422);
    expect((await get(`${frames}?from=x`)).statusCode).toBe(422);
    expect((await get(`/desk/imaging/clips/none/frames`)).statusCode).toBe(404);
    expect((await get(frames, { host: 'other.test' })).statusCode).toBe(404);
    expect((await get(frames, { 'x-role': 'front_desk' })).statusCode).toBe(403);
    expect((await get(`/desk/imaging/${exam.id}/view`, { 'x-role': 'front_desk' })).statusCode).toBe(403);
    expect((await get(`/desk/imaging/${exam.id}/view`, { host: 'other.test' })).statusCode).toBe(404);
  });

  it('offers the earlier examination of the same person beside this one', async () => {
    const { context } = world.one;
    const earlier = await newExam(context, { now: world.clock.now(), name: 'Tomás Reis' });
    await arrive(context, filesOf(world.platform.config), await orderedBytes(earlier));
    expect((await get(`/desk/imaging/${exam.id}/clips.json`)).json().clips).toHaveLength(1);
    await inClinic(context, ({ tx }) =>
      tx.updateTable('study').set({ patient_id: exam.patient.id }).where('id', '=', earlier.id).execute(),
    );
    const { clips } = (await get(`/desk/imaging/${exam.id}/clips.json`)).json<ViewerExam>();
    expect(clips.map(({ examId }) => examId)).toEqual([exam.id, earlier.id]);
    const page = await get(`/desk/imaging/${exam.id}/view?left=${clips[1]?.id}&right=${clipId}`);
    expect(page.body).toContain('2 Mar 2026');
  });

  it('says where clips come from while an examination has none', async () => {
    const empty = await newExam(world.one.context, { now: world.clock.now(), name: 'Eva Lund' });
    const page = await get(`/desk/imaging/${empty.id}/view`);
    expect(page.body).toContain('No clips yet');
    expect(page.body).toContain(`href="/desk/imaging/${empty.id}"`);
  });

  it('gives what a person set as the scale in place of the file’s', async () => {
    const scale = {
      from: { x: 0, y: 0 },
      to: { x: 100, y: 0 },
      mm: 50,
      by: 'ines',
      at: '2026-03-02T08:00:00Z',
    };
    await inClinic(world.one.context, ({ tx }) =>
      tx
        .updateTable('imaging_instance')
        .set({ set_scale: sql`${JSON.stringify(scale)}::text::jsonb` })
        .where('id', '=', clipId)
        .execute(),
    );
    const { clips } = (await get(`/desk/imaging/${exam.id}/clips.json`)).json<ViewerExam>();
    expect(clips[0]).toMatchObject({ hasSetScale: true, regions: [{ scale: { lateral: 0.5, axial: 0.5 } }] });
  });
});
