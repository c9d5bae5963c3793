import type { DicomJson } from '@rectus/sonography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dicomBytes } from '../../../capabilities/imaging/testing.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type Door, openDoor } from '../testing.ts';

let door: Door;
let token: string;
const uids: Record<string, string> = {};

/** Three people: Ana with two series, Bernardo, and Anabela with three clips of one series. */
beforeAll(async () => {
  door = await openDoor();
  token = (await door.addMachine({ store: true, read: true })).token;
  const send = async (name: string, files: readonly Uint8Array[]) => {
    const answer = await door.store(files, token);
    expect(answer.status).toBe(200);
    uids[name] = String(answer.json()['00081190']?.Value?.[0]).split('/').at(-1) ?? '';
  };
  const ana = { study: 'ana', patientName: 'Silva^Ana', patientId: 'P-1', date: '20260301', time: '091500' };
  await send('ana', [
    await dicomBytes({ ...ana, series: 'left', description: 'Rectus, left' }),
    await dicomBytes({ ...ana, series: 'right', seriesNumber: 2, description: 'Rectus, right' }),
  ]);
  await send('bernardo', [
    await dicomBytes({
      study: 'b',
      patientName: 'Costa^Bernardo',
      patientId: 'P-2',
      date: '20260215',
      accession: 'US7',
    }),
  ]);
  const anabela = {
    study: 'c',
    series: 'only',
    patientName: 'Silveira^Anabela',
    patientId: 'P_3',
    date: '20251224',
  };
  await send(
    'anabela',
    await Promise.all([1, 2, 3].map((n) => dicomBytes({ ...anabela, instance: `i${n}`, instanceNumber: n }))),
  );
});
afterAll(() => door.close());

const search = async (path: string) => (await door.get(path, token)).json<DicomJson[]>();
const valuesOf = (results: readonly DicomJson[], tag: string) => results.map((one) => one[tag]?.Value?.[0]);
const people = async (query: string) => {
  const names = new Map(Object.entries(uids).map(([name, uid]) => [uid, name]));
  return valuesOf(await search(`/studies?${query}`), '0020000D').map((uid) => names.get(String(uid)));
};

describe('studies', () => {
  it('come newest first, with what every answer must hold', async () => {
    const answer = await door.get('/studies', token);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/dicom+json']);
    expect(valuesOf(answer.json(), '0020000D')).toEqual([uids.anabela, uids.bernardo, uids.ana]);
    const [, , ana] = answer.json<DicomJson[]>();
    expect(ana).toMatchObject({
      '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
      '00080020': { vr: 'DA', Value: ['20260301'] },
      '00080030': { vr: 'TM', Value: ['091500'] },
      '00080056': { vr: 'CS', Value: ['ONLINE'] },
      '00080061': { vr: 'CS', Value: ['US'] },
      '00081190': { vr: 'UR', Value: [`http://one.test/dicomweb/studies/${uids.ana}`] },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Silva^Ana' }] },
      '00100020': { vr: 'LO', Value: ['P-1'] },
      '00201206': { vr: 'IS', Value: [2] },
      '00201208': { vr: 'IS', Value: [2] },
    });
    expect(ana?.['00080050']).toEqual({ vr: 'SH' });
  });

  it.each([
    ['PatientName=Silva^Ana', ['ana']],
    ['PatientName=silva^ana', ['ana']],
    ['PatientName=Sil*', ['anabela', 'ana']],
    ['PatientName=*Ana*', ['anabela', 'ana']],
    ['PatientName=S?lva*', ['ana']],
    ['PatientName=*%25*', []],
    ['00100010=Costa*', ['bernardo']],
    ['PatientName=ana%20silv&fuzzymatching=true', ['anabela', 'ana']],
    ['PatientName=ernardo&fuzzymatching=true', []],
    ['PatientID=P-2', ['bernardo']],
    ['PatientID=P_?', ['anabela']],
    ['PatientID=P%3F3', ['anabela']],
    ['AccessionNumber=US7', ['bernardo']],
    ['StudyDate=20260215', ['bernardo']],
    ['StudyDate=20260101-', ['bernardo', 'ana']],
    ['StudyDate=-20260215', ['anabela', 'bernardo']],
    ['StudyDate=20260101-20260228', ['bernardo']],
    ['StudyTime=09', ['ana']],
    ['StudyTime=0916-', []],
    ['ModalitiesInStudy=US', ['anabela', 'bernardo', 'ana']],
    ['ModalitiesInStudy=SR', []],
    ['ModalitiesInStudy=SR%5CUS&PatientID=P-1', ['ana']],
    ['PatientName=*&StudyDate=', ['anabela', 'bernardo', 'ana']],
  ])('are found by %s', async (query, expected) => {
    expect(await people(query)).toEqual(expected);
  });

  it('are found by a list of their UIDs, and by what lies in them', async () => {
    expect(await people(`StudyInstanceUID=${uids.ana},${uids.bernardo}`)).toEqual(['bernardo', 'ana']);
    expect(await people(`0020000D=${uids.ana}%5C${uids.anabela}`)).toEqual(['anabela', 'ana']);
  });

  it('come page by page, and say that there are more', async () => {
    const [first, second] = [
      await door.get('/studies?limit=2', token),
      await door.get('/studies?limit=2&offset=2', token),
    ];
    expect(valuesOf(first.json(), '0020000D')).toEqual([uids.anabela, uids.bernardo]);
    expect(valuesOf(second.json(), '0020000D')).toEqual([uids.ana]);
    expect([first.headers.warning, second.headers.warning]).toEqual([
      expect.stringContaining('more results'),
      undefined,
    ]);
    expect((await door.get('/studies?offset=99', token)).json()).toEqual([]);
  });

  it('bring further elements where they are asked for', async () => {
    const [plain] = await search(`/studies?PatientID=P-2`);
    const [more] = await search('/studies?PatientID=P-2&includefield=00081090,0020000E');
    const [all] = await search('/studies?PatientID=P-2&includefield=all');
    expect([plain?.['00081090'], more?.['00081090']]).toEqual([undefined, { vr: 'LO', Value: ['Phantom'] }]);
    expect(all?.['00186011']?.vr).toBe('SQ');
  });

  it('are searched with a word about keys that are not compared, and refused for values that are none', async () => {
    const ignoring = await door.get('/studies?PatientShoeSize=42', token);
    expect([ignoring.status, ignoring.headers.warning]).toEqual([
      200,
      expect.stringContaining('left out of account'),
    ]);
    for (const wrong of ['StudyDate=yesterday', 'limit=-1', 'StudyInstanceUID=x', 'offset=1e3'])
      expect((await door.get(`/studies?${wrong}`, token)).status, wrong).toBe(400);
    expect((await door.get('/studies', token, 'application/dicom+xml')).status).toBe(406);
  });
});

describe('series and instances', () => {
  it('are found within a study, and everywhere', async () => {
    const series = await search(`/studies/${uids.ana}/series`);
    expect(valuesOf(series, '0008103E').toSorted()).toEqual(['Rectus, left', 'Rectus, right']);
    expect(series[0]?.['00100010']).toBeUndefined();
    expect(series[0]).toMatchObject({ '00080060': { Value: ['US'] }, '00201209': { vr: 'IS', Value: [1] } });
    expect(await search('/series?Modality=US')).toHaveLength(4);
    expect(valuesOf(await search('/series?SeriesNumber=2'), '0008103E')).toEqual(['Rectus, right']);
    const [one] = await search(`/series?SeriesInstanceUID=${series[0]?.['0020000E']?.Value?.[0]}`);
    expect(one?.['00100010']?.Value).toEqual([{ Alphabetic: 'Silva^Ana' }]);
    expect(await search(`/studies/${uids.ana}/series?Modality=MR`)).toEqual([]);
  });

  it('are told with their numbers, size and frames', async () => {
    const all = await search(`/studies/${uids.anabela}/instances`);
    expect(valuesOf(all, '00200013')).toEqual([1, 2, 3]);
    const [first] = all;
    expect(first).toMatchObject({
      '00280008': { Value: [8] },
      '00280010': { Value: [180] },
      '00280011': { Value: [240] },
    });
    const series = first?.['0020000E']?.Value?.[0];
    expect(await search(`/studies/${uids.anabela}/series/${series}/instances?InstanceNumber=2`)).toHaveLength(
      1,
    );
    expect(await search('/instances')).toHaveLength(6);
    expect(await search('/instances?PatientName=Silva*')).toHaveLength(2);
    const uid = String(first?.['00080018']?.Value?.[0]);
    expect(valuesOf(await search(`/instances?SOPInstanceUID=${uid}`), '00081190')).toEqual([
      `http://one.test/dicomweb/studies/${uids.anabela}/series/${series}/instances/${uid}`,
    ]);
    expect(await search(`/studies/${uids.ana}/instances?SOPInstanceUID=${uid}`)).toEqual([]);
  });
});

describe('what is not found', () => {
  it('is what was set aside, and what another clinic has', async () => {
    const [first] = await search(`/studies/${uids.anabela}/instances`);
    const uid = String(first?.['00080018']?.Value?.[0]);
    const setAside = (at: Date | null, study?: string) =>
      inClinic(door.world.one.context, ({ tx }) =>
        tx
          .updateTable('imaging_instance')
          .set({ set_aside_at: at })
          .where(study ? 'dicom_study_uid' : 'sop_uid', '=', study ?? uid)
          .execute(),
      );
    await setAside(new Date());
    expect(await search(`/studies/${uids.anabela}/instances`)).toHaveLength(2);
    expect((await search('/studies?PatientID=P_3'))[0]?.['00201208']?.Value).toEqual([2]);
    await setAside(new Date(), uids.anabela);
    expect(await people('')).toEqual(['bernardo', 'ana']);
    expect(await search(`/series?SeriesInstanceUID=${first?.['0020000E']?.Value?.[0]}`)).toEqual([]);
    await setAside(null, uids.anabela);
    const other = await door.addMachine({ read: true }, door.world.other);
    const there = await door.ask('/studies', { as: other.token, host: 'other.test' });
    expect([there.status, there.json()]).toEqual([200, []]);
  });

  it('needs the right to fetch', async () => {
    const writer = await door.addMachine({ store: true });
    expect((await door.get('/studies', writer.token)).status).toBe(403);
    expect((await door.get('/studies', undefined)).status).toBe(401);
    expect((await door.get('/studies', { role: 'clinician' })).status).toBe(200);
  });
});
