import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { readResult } from '../core/result.ts';
import { readStudy } from '../core/study.ts';
import { type GaitWorld, gaitWorld } from '../testing/gait-world.ts';

/** Recordings of people, which lie beside the project and may be missing. */
const folder = join(import.meta.dirname, '../../../../../shared/data/gait/pig');
const read = (name: string) => ({ name, bytes: readFileSync(join(folder, name)) });

let lab: GaitWorld;
beforeAll(async () => {
  lab = await gaitWorld();
});
afterAll(() => lab.close());

describe.skipIf(!existsSync(folder))('a session of real recordings', () => {
  it('asks for the size of the markers, which no file tells, and then for that of no other session', async () => {
    const files = [read('PiG_Calibration-FlatFoot-Full.c3d'), read('PiG_Motion-FlatFoot-Full.c3d')];
    const id = await lab.open();
    await lab.sendForm(`/desk/gait/${id}/files`, files);
    await lab.work();
    const study = (of: string) => inClinic(lab.world.one.context, (clinic) => readStudy(clinic, of));
    expect((await study(id))?.failure).toContain('how large the markers are');
    await lab.post(`/desk/gait/${id}`, { markerRadiusMm: '7', footFlat: 'yes' });
    await lab.work();
    const ready = await study(id);
    expect([ready?.status, ready?.failure]).toEqual(['ready', null]);
    const result = await inClinic(lab.world.one.context, (clinic) =>
      readResult(clinic, ready?.resultId ?? ''),
    );
    expect(result?.report.subject).toMatchObject({ massKg: 47.5, legLengthMm: { left: 800, right: 800 } });
    expect(result?.report.strides.left.length).toBeGreaterThan(0);
    const next = await lab.open();
    await lab.sendForm(`/desk/gait/${next}/files`, files);
    await lab.work();
    expect((await study(next))?.status).toBe('ready');
  });
});
