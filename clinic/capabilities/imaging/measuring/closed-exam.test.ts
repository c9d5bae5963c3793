import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Exam } from '../core/exam.ts';
import { type ReportWorld, reportPathOf, reportWorld } from '../report/testing.ts';
import { measuringRoutes } from './measuring-routes.ts';
import type { MeasuringState } from './measuring-state.ts';
import { measuringPath } from './paths.ts';

let us: ReportWorld;
let exam: Exam;
let clip: string;
let measure: string;
let moment: string;
let frame: string;

beforeAll(async () => {
  us = await reportWorld(measuringRoutes);
  exam = await us.exam();
  await us.clip(exam, 'rest');
  clip = await us.clip(exam, 'contraction');
  measure = await madeBy('/analyses', { instanceId: clip, tool: 'echo-intensity', marks: OUTLINE });
  moment = await madeBy('/moments', { instanceId: clip, timeS: '0' });
  frame = await madeBy('/key-frames', { instanceId: clip, frame: '0' });
});
afterAll(() => us.close());

const OUTLINE = JSON.stringify({
  frame: 0,
  points: [
    { x: 40, y: 40 },
    { x: 60, y: 40 },
    { x: 50, y: 60 },
  ],
});
const PROBE = { view: 'front', x: '0.4', y: '0.6', angle: '0', axis: 'long', words: '' };

async function madeBy(rest: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const { id } = (await us.post(measuringPath(exam.id, rest), fields)).json().answer;
  return id;
}

async function state(): Promise<MeasuringState> {
  return (await us.get(measuringPath(exam.id))).json();
}

/** Everything that changes what is marked. */
function changes(): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  return [
    ['/analyses', { instanceId: clip, tool: 'echo-intensity', marks: OUTLINE }],
    [`/analyses/${measure}/chosen`, { rest: '0', contraction: '1' }],
    [`/analyses/${measure}/remove`, {}],
    [`/analyses/${measure}/restore`, {}],
    ['/guess', { instanceId: clip, frame: '0' }],
    ['/moments', { instanceId: clip, timeS: '0' }],
    [`/moments/${moment}`, { words: 'Here' }],
    [`/moments/${moment}/remove`, {}],
    ['/key-frames', { instanceId: clip, frame: '0' }],
    [`/key-frames/${frame}`, { caption: 'Torn' }],
    [`/key-frames/${frame}/remove`, {}],
    ['/scale', { instanceId: clip, fromX: '40', fromY: '40', toX: '60', toY: '40', mm: '25' }],
    ['/probe', PROBE],
  ];
}

it('before the report is signed, everything may be marked', async () => {
  expect((await state()).closed).toBe(false);
  expect((await us.post(measuringPath(exam.id, '/probe'), PROBE)).statusCode).toBe(200);
});

it('in a signed examination nothing is marked, moved or removed: each try is refused in words', async () => {
  expect((await us.send(exam)).statusCode).toBe(303);
  const before = await state();
  expect(before.closed).toBe(true);
  for (const [rest, fields] of changes()) {
    const refused = await us.post(measuringPath(exam.id, rest), fields);
    expect([rest, refused.statusCode]).toEqual([rest, 409]);
    expect(refused.json().error).toContain('begin a correction');
  }
  expect(await state()).toEqual(before);
});

it('once a correction of its report is begun, it may be marked again, and until that is signed', async () => {
  expect((await us.send(exam, { do: 'draft' })).statusCode).toBe(303);
  expect((await state()).closed).toBe(false);
  const removed = await us.post(measuringPath(exam.id, `/moments/${moment}/remove`), {});
  expect(removed.json().state.moments).toEqual([]);
  expect((await us.send(exam, { correctionReason: 'The pain was elsewhere' })).statusCode).toBe(303);
  expect((await us.post(measuringPath(exam.id, `/moments/${moment}/restore`), {})).statusCode).toBe(409);
  expect((await us.get(reportPathOf(exam))).body).toContain('version 2');
});
