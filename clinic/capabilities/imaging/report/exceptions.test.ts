import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { readExceptions, reviewException } from './read-exceptions.ts';
import { type ReportWorld, reportWorld } from './testing.ts';

let us: ReportWorld;
beforeAll(async () => {
  us = await reportWorld();
});
afterAll(() => us.close());

const PAGE = '/desk/imaging/exceptions';
const signWithout = async (clipsReason: string): Promise<string> => {
  const exam = await us.exam();
  const fields = {
    ...{
      do: 'sign',
      anatomy: 'Soleus',
      finding: 'no-tear',
      findings: 'Nothing seen.',
      conclusion: 'No tear.',
    },
    ...(await us.opened(exam)),
    clipsReason,
  };
  const answer = await us.post(`/desk/imaging/${exam.id}/report`, fields);
  expect(answer.statusCode).toBe(303);
  const [newest] = await us.as((clinic) => readExceptions(clinic, 'open'));
  return newest?.id ?? '';
};

describe('reasons that were given against the safety rule', () => {
  it('are the owner’s to read, with who gave them on which report', async () => {
    expect((await us.get(PAGE, 'owner')).body).toContain('Every reason has been reviewed.');
    await signWithout('The machine broke down');
    const { body } = await us.get(PAGE, 'owner');
    expect(body).toContain('The machine broke down');
    expect(body).toContain('Inês Duarte');
    expect(body).toContain('report?version=1');
    for (const role of ['clinician', 'front_desk'] as const)
      expect((await us.get(PAGE, role)).statusCode).toBe(403);
    expect((await us.get(PAGE, 'owner', 'other.test')).body).not.toContain('The machine broke down');
  });

  it('are reviewed once, with a note, and stay to be read', async () => {
    const id = await signWithout('The patient had to leave');
    const bare = await us.post(`${PAGE}/${id}`, { note: ' ' }, 'owner', 'olga');
    expect(bare.statusCode).toBe(422);
    expect(bare.body).toContain('Write a note');
    expect((await us.post(`${PAGE}/${id}`, { note: 'x' }, 'clinician')).statusCode).toBe(403);
    const reviewed = await us.post(`${PAGE}/${id}`, { note: 'Agreed: call back' }, 'owner', 'olga');
    expect(reviewed.statusCode).toBe(303);
    expect((await us.post(`${PAGE}/${id}`, { note: 'Again' }, 'owner', 'olga')).statusCode).toBe(409);
    expect((await us.get(PAGE, 'owner')).body).not.toContain('The patient had to leave');
    const all = await us.get(`${PAGE}?show=all`, 'owner');
    expect(all.body).toContain('Reviewed by Olga Reis');
    expect(all.body).toContain('Agreed: call back');
  });

  it('are nobody else’s: another clinic cannot review them', async () => {
    const id = await signWithout('Too painful to contract');
    const review = { id, note: 'Mine now', by: 'olga', now: Date.now() };
    expect(await inClinic(us.world.other.context, (clinic) => reviewException(clinic, review))).toBe(false);
  });
});
