import { afterAll, beforeAll, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { readStudy } from '../core/study.ts';
import { type ReportWorld, reportWorld } from '../testing/report-world.ts';
import { standingFile, walkingFile } from '../testing/simulated-files.ts';

let lab: ReportWorld;
beforeAll(async () => {
  lab = await reportWorld();
});
afterAll(() => lab.close());

it('the viewer can play every trial that has strides, and nothing else', async () => {
  const id = await lab.open();
  await lab.sendForm(`/desk/gait/${id}/files`, [standingFile(), walkingFile(5), walkingFile(6)]);
  await lab.work();
  const study = await inClinic(lab.world.one.context, (clinic) => readStudy(clinic, id));
  const page = (await lab.get(`/desk/gait/${id}/report`)).body;
  expect(page).toMatch(/<option[^>]*>walk \d\.c3d<\/option><option[^>]*>walk \d\.c3d<\/option>/);
  const [, other = ''] = /&amp;trial=(\d)"/.exec(page) ?? [];
  const source = `/desk/gait/${id}/motion.json?result=${study?.resultId}`;
  const [best, second] = [await lab.get(source), await lab.get(`${source}&trial=${other}`)];
  expect(second.json().frames).toBeGreaterThan(50);
  expect(second.json().points).toEqual(best.json().points);
  expect(second.json().xyzMm).not.toEqual(best.json().xyzMm);
  for (const trial of ['2', '-1', 'x', ''])
    expect((await lab.get(`${source}&trial=${trial}`)).statusCode).toBe(404);
  expect((await lab.get(`${source}&trial=${other}`, 'front_desk')).statusCode).toBe(403);
  expect((await lab.get(`${source}&trial=${other}`, 'clinician', 'other.test')).statusCode).toBe(404);
});
