import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NormPackage, simulatedNorms, writeNormPackage } from '@rectus/gait';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasNormTables } from '../../../../packages/gait/testing/norms.ts';
import { SHARED_DATA } from '../../../../packages/gait/testing/shared-data.ts';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { dataDirOf } from '../../../platform/files/index.ts';
import { readResult } from '../core/result.ts';
import { readStudy } from '../core/study.ts';
import { type GaitWorld, gaitWorld, standingFile, walkingFile } from '../testing/gait-world.ts';
import { listNorms } from './norm-store.ts';
import { normsRoutes } from './norms-routes.tsx';

const NORMS = '/desk/gait/norms';
let lab: GaitWorld;
beforeAll(async () => {
  lab = await gaitWorld(normsRoutes);
});
afterAll(() => lab.close());
beforeEach(() =>
  lab.world.owner.begin(async (sql) => {
    await sql`select set_config('rectus.clinic_id', ${lab.world.one.clinic.id}, true)`;
    await sql`delete from norm_package`;
  }),
);

const simulated = simulatedNorms();
const adults: NormPackage = {
  ...simulated,
  id: 'adults',
  name: 'Adults of the harbour',
  simulated: false,
  footwear: 'barefoot',
  population: {
    description: 'adults without complaints',
    ageGroup: 'adults',
    people: 31,
    ageYears: { least: 20, greatest: 60 },
  },
};
const fileOf = (norms: NormPackage, name = `${norms.id}.json`) => ({
  name,
  bytes: new TextEncoder().encode(writeNormPackage(norms)),
});
const install = (...all: readonly NormPackage[]) =>
  lab.sendForm(
    NORMS,
    all.map((norms) => fileOf(norms)),
    'owner',
  );
const inLab = <T>(work: (clinic: ClinicTransaction) => Promise<T>) => inClinic(lab.world.one.context, work);
const installed = async () =>
  (await inLab(listNorms)).map(({ facts, inUse }) => [facts.name, inUse ? 'in use' : 'set aside']);
const audit = (action: string) =>
  inLab(({ tx }) => tx.selectFrom('audit_event').selectAll().where('action', '=', action).execute());

describe('the norms of a clinic', () => {
  it('are none at first, which the page says, with what that means', async () => {
    const page = await lab.get(NORMS);
    expect(page.body).toContain('No norms are installed');
    expect(page.body).toContain('bands of a simulated walk');
    expect(page.body).not.toContain('type="file"');
    expect((await lab.get(NORMS, 'owner')).body).toContain('type="file"');
  });

  it('are installed from files, and named with everything that speaks for or against them', async () => {
    const answer = await install(adults);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('One set of norms is here');
    for (const words of [
      'adults without complaints',
      'Adults, 20 to 60 years',
      'barefoot',
      '31',
      adults.licence.name,
      adults.citation,
    ])
      expect(answer.body).toContain(words);
    expect(await installed()).toEqual([['Adults of the harbour', 'in use']]);
    expect((await audit('norms.installed')).length).toBeGreaterThan(0);
  });

  it('of which one is broken cost nothing but that one, and the page says what is wrong in which file', async () => {
    const broken = { name: 'broken.json', bytes: new TextEncoder().encode('{"format":') };
    const wrong = structuredClone(adults) as { population: { people: unknown } } & NormPackage;
    (wrong.population as { people: unknown }).people = 'many';
    const answer = await lab.sendForm(
      NORMS,
      [
        fileOf(adults),
        broken,
        { ...fileOf(wrong, 'wrong.json') },
        { name: 'picture.json', bytes: new Uint8Array([0xff, 0xfe, 0x00]) },
        { name: 'readme.txt', bytes: new TextEncoder().encode('hello') },
      ],
      'owner',
    );
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(/<b>broken.json<\/b>: This is not JSON/);
    expect(answer.body).toMatch(/<b>wrong.json<\/b>: population.people: /);
    expect(answer.body).toMatch(/<b>picture.json<\/b>: This is no text/);
    expect(answer.body).toContain('readme.txt');
    expect(await installed()).toEqual([['Adults of the harbour', 'in use']]);
  });

  it('are refused in words where a text cannot be kept, and where nothing was picked', async () => {
    const answer = await install({ ...adults, name: 'Adults \u0000' });
    expect(answer.body).toContain('holds a character that cannot be kept');
    expect((await install({ ...adults, name: 'A'.repeat(201) })).body).toContain('longer than 200');
    expect((await lab.sendForm(NORMS, [], 'owner')).body).toContain('No file was picked');
    expect(await installed()).toEqual([]);
  });

  it('take the place of those of the same id, which are set aside and can come back', async () => {
    await install(adults);
    const newer = { ...adults, name: 'Adults of both harbours' };
    expect((await install(newer)).body).toContain('takes the place of Adults of the harbour');
    expect(await installed()).toEqual([
      ['Adults of both harbours', 'in use'],
      ['Adults of the harbour', 'set aside'],
    ]);
    expect((await install(newer)).body).toContain('was in use already');
    const [, old] = await inLab(listNorms);
    expect((await lab.post(`${NORMS}/${old?.id}/use`, {}, 'owner')).statusCode).toBe(303);
    expect(await installed()).toEqual([
      ['Adults of the harbour', 'in use'],
      ['Adults of both harbours', 'set aside'],
    ]);
    expect((await install(newer)).body).toContain('was set aside, and is used again');
  });

  it('can be installed twice at once without becoming two', async () => {
    const answers = await Promise.all([install(adults), install(adults), install(adults)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(await installed()).toHaveLength(1);
  });

  it('can be saved as a file that another clinic installs', async () => {
    await install(adults);
    const [one] = await inLab(listNorms);
    const saved = await lab.get(`${NORMS}/${one?.id}/file`);
    expect(saved.headers['content-disposition']).toContain('filename="adults.json"');
    expect(JSON.parse(saved.body)).toEqual(adults);
  });

  it('are changed by the owner alone, and seen by nobody of another clinic', async () => {
    await install(adults);
    const [one] = await inLab(listNorms);
    for (const role of ['clinician', 'front_desk'] as const) {
      expect((await lab.sendForm(NORMS, [fileOf(adults)], role)).statusCode).toBe(403);
      expect((await lab.post(`${NORMS}/${one?.id}/set-aside`, {}, role)).statusCode).toBe(403);
    }
    expect((await lab.get(NORMS, 'front_desk')).statusCode).toBe(403);
    expect((await lab.get(NORMS, 'owner', 'other.test')).body).not.toContain('Adults of the harbour');
    expect((await lab.get(`${NORMS}/${one?.id}/file`, 'owner', 'other.test')).statusCode).toBe(404);
    expect(await installed()).toEqual([['Adults of the harbour', 'in use']]);
  });
});

async function processed(): Promise<string> {
  const id = await lab.open();
  await lab.post(`/desk/gait/${id}`, { footwear: 'barefoot', footFlat: 'yes' });
  await lab.sendForm(`/desk/gait/${id}/files`, [standingFile(), walkingFile(1)]);
  await lab.work();
  return id;
}

async function resultOf(studyId: string) {
  const study = await inLab((clinic) => readStudy(clinic, studyId));
  const resultId = study?.resultId ?? '';
  const row = await inLab(({ tx }) =>
    tx.selectFrom('study_result').select('made_from').where('id', '=', resultId).executeTakeFirstOrThrow(),
  );
  const { norms } = row.made_from as { norms: readonly { name: string; sha256: string; from: string }[] };
  return { report: (await inLab((clinic) => readResult(clinic, resultId)))?.report, norms };
}

describe('a walk', () => {
  const folder = () => join(dataDirOf(lab.world.platform.config), 'norms');

  it('is judged by the norms in use, which its result names by their hash', async () => {
    const before = await resultOf(await processed());
    expect(before.norms.map(({ from }) => from)).toEqual(['simulator']);
    await install(adults);
    const [one] = await inLab(listNorms);
    const after = await resultOf(await processed());
    expect(after.norms).toMatchObject([{ name: adults.name, sha256: one?.sha256, from: 'clinic' }]);
    expect(after.report?.norms.bands?.name).toBe(adults.name);
  });

  it('is judged anew only when somebody asks, who is told that the norms changed', async () => {
    const id = await processed();
    expect((await lab.get(`/desk/gait/${id}`)).body).not.toContain('Judged by other norms');
    await install(adults);
    const page = (await lab.get(`/desk/gait/${id}`)).body;
    expect(page).toContain('Judged by other norms');
    expect(page).toContain(`Now in use: ${adults.name}`);
    expect((await resultOf(id)).report?.norms.bands?.simulated).toBe(true);
    await lab.post(`/desk/gait/${id}/process`, {});
    await lab.work();
    expect((await resultOf(id)).report?.norms.bands?.name).toBe(adults.name);
    expect((await lab.get(`/desk/gait/${id}`)).body).not.toContain('Judged by other norms');
    const [one] = await inLab(listNorms);
    await lab.post(`${NORMS}/${one?.id}/set-aside`, {}, 'owner');
    expect((await lab.get(`/desk/gait/${id}`)).body).toContain('nothing but bands of the simulator');
  });

  it('is judged by the folder of the machine as well, where a damaged file is named instead of passed over', async () => {
    mkdirSync(folder(), { recursive: true });
    try {
      writeFileSync(join(folder(), 'children.json'), writeNormPackage({ ...adults, id: 'children' }));
      await install(adults);
      const { norms } = await resultOf(await processed());
      expect(norms.map(({ from }) => from)).toEqual(['clinic', 'folder']);
      expect((await lab.get(NORMS)).body).toContain('From the file children.json');
      writeFileSync(join(folder(), 'damaged.json'), '{');
      expect((await lab.get(NORMS)).body).toContain('damaged.json in this machine’s folder cannot be used');
      const id = await processed();
      const study = await inLab((clinic) => readStudy(clinic, id));
      expect(study?.failure).toContain('The norms damaged.json');
    } finally {
      rmSync(folder(), { recursive: true });
    }
  });

  const published = join(SHARED_DATA, 'gait', 'normative');
  it.skipIf(!hasNormTables())(
    'of an adult is held against the published children at the speed that fits, and the page says that they are children',
    async () => {
      const files = readdirSync(published).map((name) => ({
        name,
        bytes: new Uint8Array(readFileSync(join(published, name))),
      }));
      const answer = await lab.sendForm(NORMS, files, 'owner');
      expect([answer.statusCode, answer.body.includes('3 sets of norms are here')]).toEqual([200, true]);
      expect(answer.body).toContain('Children, 4 to 17 years');
      const { report, norms } = await resultOf(await processed());
      expect(norms).toHaveLength(3);
      const { bands, gdi, gps } = report?.norms ?? {};
      for (const used of [bands, gdi, gps])
        expect(used?.caveats.map(({ code }) => code)).toContain('children');
      expect([bands?.simulated, bands?.set]).toEqual([false, 'Comfortable']);
      expect(report?.scores.gdi?.left).toBeGreaterThan(50);
    },
  );
});
