import type { GaitReportData } from '@rectus/gait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { type ReportWorld, reportWorld } from '../testing/report-world.ts';
import { simulatedMotion, simulatedReport } from '../testing/simulated-session.ts';
import type { MotionData } from '../viewer/motion.ts';
import { listNorms, readNorms } from './norm-store.ts';
import { normsRoutes } from './norms-routes.tsx';

const OWN = '/desk/gait/norms/own';
let lab: ReportWorld;
let people: readonly { readonly patientId: string; readonly studyId: string; readonly resultId: string }[];
let report: GaitReportData;
let motion: MotionData;

/** The same walk of somebody whose knee bends so much more, and who is so old. */
function walkOf(kneeDeg: number, ageYears: number | null, walkingAid: string | null = null): GaitReportData {
  const curves = report.curves.map((curve) => {
    const more = curve.id === 'knee.flexion' ? kneeDeg : 0;
    const side = (of: typeof curve.left) => of && { ...of, mean: of.mean.map((value) => value + more) };
    return { ...curve, left: side(curve.left), right: side(curve.right) };
  });
  return { ...report, curves, conditions: { ageYears, footwear: 'barefoot', walkingAid } };
}

async function addWalk(walk: GaitReportData, patientId?: string) {
  const of = patientId ?? (await lab.addPatient());
  return { patientId: of, ...(await lab.addSession(of, { report: walk, motion })) };
}

beforeAll(async () => {
  lab = await reportWorld(normsRoutes);
  report = simulatedReport();
  motion = simulatedMotion();
  people = await Promise.all(Array.from({ length: 10 }, (_, n) => addWalk(walkOf(n, 25 + n))));
});
afterAll(() => lab.close());

const about = {
  name: 'Our clinic 2026',
  population: 'staff without complaints',
  licence: 'Our own',
  citation: 'Measured here, 2026',
};
const send = (
  ids: readonly string[],
  fields: Record<string, string>,
  role: 'owner' | 'clinician' = 'owner',
) =>
  lab.app.inject({
    method: 'POST',
    url: OWN,
    headers: { host: 'one.test', 'x-role': role, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams([
      ...Object.entries(fields),
      ...ids.map((id): [string, string] => ['session', id]),
    ]).toString(),
  });
const count = (ids: readonly string[]) => send(ids, { do: 'count' });
const build = (ids: readonly string[], fields = {}) => send(ids, { ...about, ...fields, do: 'build' });
const inLab = <T>(work: (clinic: ClinicTransaction) => Promise<T>) => inClinic(lab.world.one.context, work);
const idsOf = (some: readonly { readonly studyId: string }[]) => some.map(({ studyId }) => studyId);

describe('norms of a clinic’s own', () => {
  it('are chosen from sessions with age, footwear, speed and strides, and counted before they are built', async () => {
    const page = (await lab.get(OWN, 'owner')).body;
    for (const { studyId } of people) expect(page).toContain(`value="${studyId}"`);
    expect(page).toContain(`${report.speedMPerS?.toFixed(2)} m/s`);
    const kept = [...report.strides.left, ...report.strides.right].filter(({ outlier }) => !outlier).length;
    const counted = (await count(idsOf(people))).body;
    expect(counted).toContain(`10 people, 10 sessions, ${10 * kept} strides`);
    expect(counted).toContain('25 to 34 years, footwear: barefoot');
  });

  it('are refused for fewer than ten people, with the reason, and nothing that was typed or ticked is lost', async () => {
    const nine = idsOf(people.slice(0, 9));
    const refused = await build(nine);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('Norms need at least 10 people; these are 9 people.');
    expect(refused.body).toContain('value="staff without complaints"');
    expect(refused.body.match(/type="checkbox"[^>]* checked/g)).toHaveLength(9);
    expect(await inLab(listNorms)).toEqual([]);
  });

  it('count a person with several sessions once', async () => {
    const again = await addWalk(walkOf(3, 30), people[0]?.patientId);
    const sessions = idsOf([...people.slice(0, 9), again]);
    expect((await count(sessions)).body).toContain('9 people, 10 sessions');
    expect((await build(sessions)).statusCode).toBe(422);
  });

  it('ask for a name and whose walks they are', async () => {
    const refused = await build(idsOf(people), { name: ' ', population: '' });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('Enter a name');
    expect(refused.body).toContain('Enter whose walks these are');
  });

  it('are the mean and spread between the people, tell what they came of, and are in use at once', async () => {
    expect((await build(idsOf(people))).headers.location).toBe('/desk/gait/norms');
    const [one] = await inLab(listNorms);
    expect(one).toMatchObject({ inUse: true, builtFrom: 10 });
    const norms = await inLab((clinic) => readNorms(clinic, one?.id ?? ''));
    expect(norms).toMatchObject({
      id: 'own-our-clinic-2026',
      footwear: 'barefoot',
      // The test's clinic is a demo, whose people do not exist.
      simulated: true,
      population: { ageGroup: 'adults', people: 10, ageYears: { least: 25, greatest: 34 } },
    });
    const knee = report.curves.find(({ id }) => id === 'knee.flexion');
    const ofWalk = ((knee?.left?.mean[0] ?? 0) + (knee?.right?.mean[0] ?? 0)) / 2;
    const set = norms?.sets[0]?.curves['knee.flexion'];
    expect(set?.mean[0]).toBeCloseTo(ofWalk + 4.5, 9);
    expect(set?.sd[0]).toBeCloseTo(3.0276503541, 9);
    expect(norms?.profile?.controls).toBe(10);
    const row = await inLab(({ tx }) =>
      tx.selectFrom('norm_package').select('built_from').executeTakeFirst(),
    );
    expect(new Set(row?.built_from)).toEqual(new Set(people.map(({ resultId }) => resultId)));
    expect((await lab.get('/desk/gait/norms')).body).toContain('Built from 10 sessions of this clinic');
  });

  it('never take a walk with an aid or of unknown age, whoever asks', async () => {
    const [aided, ageless] = [await addWalk(walkOf(0, 40, 'one stick')), await addWalk(walkOf(0, null))];
    const page = (await lab.get(OWN, 'owner')).body;
    expect(page).toContain('walked with an aid');
    expect(page).toContain('no date of birth');
    const sum = (await count([aided.studyId, ageless.studyId, ...idsOf(people)])).body;
    expect(sum).toContain('10 people, 10 sessions');
  });

  it('narrow the list by footwear and age', async () => {
    const [ticked, wanted, other] = [people[0], people[6], people[1]].map((one) => one?.studyId ?? '');
    const narrow = { do: 'show', footwear: 'barefoot', from: '30', to: '32', name: 'Ours' };
    const page = (await send([ticked ?? ''], narrow)).body;
    expect(page).toContain(`value="${wanted}"`);
    expect(page).not.toContain(`value="${other}"`);
    // What was ticked and typed before stays.
    expect(page).toMatch(new RegExp(`value="${ticked}"[^>]* checked`));
    expect(page).toContain('value="Ours"');
    expect((await send([], { do: 'show', footwear: 'shod' })).body).toContain('No session fits');
  });

  it('are built by the owner alone, and out of no other clinic’s walks', async () => {
    expect((await send(idsOf(people), { ...about, do: 'build' }, 'clinician')).statusCode).toBe(403);
    expect((await lab.get(OWN, 'clinician')).statusCode).toBe(403);
    const other = await lab.get(OWN, 'owner', 'other.test');
    expect(other.body).toContain('No session fits');
  });
});
