import { drawingInScene, interRectiScene, muscleScene, type Phantom, tearScene } from '@rectus/sonography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { Exam } from '../core/exam.ts';
import type { MeasuredValue } from './measured-values.ts';
import { landmark, type MeasuringWorld, measuringWorld, smallPhantom } from './testing.ts';
import type { MarkPlace } from './tools/tool.ts';

let clinic: MeasuringWorld;
beforeAll(async () => {
  clinic = await measuringWorld();
});
afterAll(() => clinic.close());

/** Within what was told, with room for chance: three standard errors. */
function expectNear(measured: MeasuredValue | undefined, truth: number | undefined): void {
  if (!measured || truth === undefined) throw new Error('There is no such value');
  const told = measured.standardError ?? 0;
  expect(told).toBeGreaterThan(0);
  expect(
    Math.abs(measured.value - truth),
    `${measured.code}: ${measured.value} ± ${told}, truly ${truth}`,
  ).toBeLessThan(3 * told);
}

function truthAt({ truth }: Phantom, name: string, frame: number | null | undefined): number | undefined {
  return truth.series[name]?.[frame ?? -1];
}

describe('the gap of a torn muscle', () => {
  const phantom = smallPhantom({
    scene: tearScene(),
    contraction: { restFrames: 5, holdFrames: 6 },
    planeLosses: [{ from: 29, to: 31 }],
  });
  let exam: Exam;
  let clip: string;
  beforeAll(async () => {
    exam = await clinic.newExam({ suspicion: 'muscle-injury', anatomy: 'Rectus femoris', side: 'right' });
    clip = await clinic.send(exam, phantom.clip);
  });

  it('opens from rest to contraction as it truly does, within the told error', async () => {
    const marked = await clinic.mark(exam, clip, {
      tool: 'gap',
      points: [landmark(phantom, 'proximal end'), landmark(phantom, 'distal end')],
    });
    expect(marked.error).toBeNull();
    expect(marked.state.analyses.at(-1)?.status).toBe('waiting');
    expect(await clinic.work()).toBe(1);
    const values = await clinic.values(exam);
    const [rest, contraction] = [values.get('us.gap.rest'), values.get('us.gap.contraction')];
    expectNear(rest, truthAt(phantom, 'gapMm', rest?.frame));
    expectNear(contraction, truthAt(phantom, 'gapMm', contraction?.frame));
    const drawn =
      (truthAt(phantom, 'gapMm', contraction?.frame) ?? 0) - (truthAt(phantom, 'gapMm', rest?.frame) ?? 0);
    expectNear(values.get('us.retraction'), drawn);
    expect(contraction).toMatchObject({
      ...{ unit: 'mm', side: 'right', bodySite: 'Rectus femoris', instanceId: clip },
      ...{ methodVersion: '1.0', minimalDetectableChange: null },
    });
  });

  it('is not made up in frames that show another plane', async () => {
    const state = (await clinic.get(`/desk/imaging/${exam.id}/measuring`)).json();
    const { result } = await clinic.analysis(exam, state.analyses[0].id);
    expect(result?.series[0]?.values[30]).toBeNull();
    expect(result?.places[0]?.x[30]).toBeNull();
    expect((result?.held ?? 0) + (result?.lost ?? 0)).toBe(phantom.clip.frameCount);
  });

  it('is of the frames that a person chooses instead, and a frame where it was lost stands for nothing', async () => {
    const state = (await clinic.get(`/desk/imaging/${exam.id}/measuring`)).json();
    const { id } = state.analyses[0];
    const moved = await clinic.post(exam, `/analyses/${id}/chosen`, { rest: '0', contraction: '12' });
    const contraction = moved.state.values.find(({ code }) => code === 'us.gap.contraction');
    expect(contraction?.frame).toBe(12);
    expectNear(contraction, truthAt(phantom, 'gapMm', 12));
    const lost = await clinic.post(exam, `/analyses/${id}/chosen`, { rest: '0', contraction: '30' });
    expect(lost).toMatchObject({ status: 422, error: expect.stringContaining('lost in frame 30') });
  });

  it('keeps the chosen frames when a mark is moved, and comes back when that is taken back', async () => {
    const before = (await clinic.get(`/desk/imaging/${exam.id}/measuring`)).json().analyses[0].id;
    const left = landmark(phantom, 'proximal end');
    const moved = await clinic.mark(exam, clip, {
      tool: 'gap',
      points: [{ x: left.x - 2, y: left.y }, landmark(phantom, 'distal end')],
      replaces: before,
    });
    expect(moved.state.analyses.map(({ id }) => id)).toEqual([moved.answer.id]);
    await clinic.work();
    expect((await clinic.values(exam)).get('us.gap.contraction')?.frame).toBe(12);
    const instead = String(moved.answer.id);
    const back = await clinic.post(exam, `/analyses/${before}/restore`, { instead });
    expect(back.state.analyses.map(({ id, status }) => [id, status])).toEqual([[before, 'ready']]);
  });

  it('is followed anew by another worker when the first one was lost, and given up after three', async () => {
    const marked = await clinic.mark(exam, clip, {
      tool: 'gap',
      points: [landmark(phantom, 'proximal end'), landmark(phantom, 'distal end')],
    });
    const id = String(marked.answer.id);
    const lose = (attempts: number) =>
      inClinic(clinic.world.one.context, ({ tx }) =>
        tx
          .updateTable('imaging_analysis')
          .set({ status: 'working', attempts, result: null, worked_at: new Date(Date.now() - 60_000) })
          .where('id', '=', id)
          .execute(),
      );
    await clinic.work();
    await lose(1);
    expect(await clinic.work()).toBe(1);
    expect((await clinic.analysis(exam, id)).status).toBe('ready');
    await lose(3);
    expect(await clinic.work()).toBe(0);
    expect(await clinic.analysis(exam, id)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('three times'),
    });
    await clinic.post(exam, `/analyses/${id}/remove`, {});
    expect(await clinic.work()).toBe(0);
  });
});

describe('layers, borders and fascicles', () => {
  it.each([
    [320, 240],
    [480, 360],
  ])(
    'transversus thickens on drawing in by the ratio that it truly does, %i px wide',
    async (width, height) => {
      const phantom = smallPhantom({ scene: drawingInScene(), width, height });
      const exam = await clinic.newExam({ suspicion: 'abdominal-wall', side: 'left' });
      const clip = await clinic.send(exam, phantom.clip);
      const borders = bordersOf(phantom);
      const marked = await clinic.mark(exam, clip, { tool: 'abdominal', points: borders });
      expect(marked.error).toBeNull();
      await clinic.work();
      const values = await clinic.values(exam);
      const rest = values.get('us.transversus-thickness.rest');
      expectNear(rest, truthAt(phantom, 'transversusMm', rest?.frame));
      expect(rest).toMatchObject({
        minimalDetectableChange: 1.1,
        bodySite: 'Lateral abdominal wall',
        side: 'left',
      });
      const contracted = values.get('us.transversus-thickness.contraction');
      expectNear(contracted, truthAt(phantom, 'transversusMm', contracted?.frame));
      expect(Math.abs((contracted?.value ?? 0) - 6.48)).toBeLessThan(0.3);
      expectNear(values.get('us.internal-oblique-thickness.contraction'), 9.18);
      const ratio = values.get('us.activation-ratio.transversus');
      expect(ratio?.unit).toBe('1');
      expectNear(ratio, 1.8);
      expect(values.get('us.thickness-change.transversus')?.minimalDetectableChange).toBe(41);
      expect(values.get('us.preferential-activation')?.value).toBeGreaterThan(0);
    },
  );

  it('the recti come nearer in a curl-up, once site, breath and task are said', async () => {
    const phantom = smallPhantom({ scene: interRectiScene(), contraction: { restFrames: 5, holdFrames: 5 } });
    const exam = await clinic.newExam({ suspicion: 'abdominal-wall' });
    const clip = await clinic.send(exam, phantom.clip);
    const points = Object.values(phantom.truth.landmarks).slice(0, 2);
    const silent = await clinic.mark(exam, clip, { tool: 'inter-recti', points });
    expect(silent).toMatchObject({ status: 422, error: expect.stringContaining('Site must be said') });
    const asked = { site: 'umbilicus:30', breath: 'end-expiration', task: 'curl-up' };
    await clinic.mark(exam, clip, { tool: 'inter-recti', points, asked });
    await clinic.work();
    const values = await clinic.values(exam);
    const [rest, drawn] = [values.get('us.inter-recti.rest'), values.get('us.inter-recti.contraction')];
    expectNear(rest, truthAt(phantom, 'interRectiMm', rest?.frame));
    expectNear(drawn, truthAt(phantom, 'interRectiMm', drawn?.frame));
    expect(rest?.bodySite).toBe('Linea alba: 3 cm above the umbilicus, end of breathing out, curl-up');
    expect(values.get('us.inter-recti.change')?.value).toBeLessThan(0);
  });

  it('fascicles are found as a first guess and measured through the clip', async () => {
    const phantom = smallPhantom({
      scene: muscleScene(),
      width: 420,
      height: 330,
      activation: [0, 0, 0.2, 0.4, 0.2, 0],
    });
    const exam = await clinic.newExam({ anatomy: 'Gastrocnemius' });
    const clip = await clinic.send(exam, phantom.clip);
    const guess = await clinic.post(exam, '/guess', { instanceId: clip, frame: '0' });
    const points = guess.answer.places as MarkPlace[];
    expect(points).toHaveLength(6);
    await clinic.mark(exam, clip, { tool: 'fascicle', points });
    await clinic.work();
    const values = await clinic.values(exam);
    // A person moves the guess; what observers differ by is allowed to it: 2.8 degrees, 6.8 mm.
    const at = (code: string) => values.get(`${code}.rest`) ?? values.get(code);
    expect(at('us.pennation')?.unit).toBe('deg');
    expect(
      Math.abs((at('us.muscle-thickness')?.value ?? 0) - (truthAt(phantom, 'thicknessMm', 0) ?? 0)),
    ).toBeLessThan(2);
    expect(
      Math.abs((at('us.fascicle-length')?.value ?? 0) - (truthAt(phantom, 'fascicleLengthMm', 0) ?? 0)),
    ).toBeLessThan(14);
  });
});

describe('marks that cannot be measured', () => {
  const phantom = smallPhantom({ scene: tearScene(), activation: [0, 0, 0] });
  let exam: Exam;
  let clip: string;
  beforeAll(async () => {
    exam = await clinic.newExam();
    clip = await clinic.send(exam, phantom.clip);
  });

  it.each([
    [
      'outside of the picture',
      [
        { x: -4, y: 90 },
        { x: 150, y: 90 },
      ],
      'outside',
    ],
    [
      'outside of every region',
      [
        { x: 2, y: 2 },
        { x: 150, y: 90 },
      ],
      'outside of every region',
    ],
    ['too few', [{ x: 120, y: 90 }], 'takes 2 places'],
  ] as const)('%s are refused in words, and nothing is stored', async (_, points, words) => {
    const refused = await clinic.mark(exam, clip, { tool: 'distance', points });
    expect(refused).toMatchObject({ status: 422, error: expect.stringContaining(words) });
    expect((await clinic.get(`/desk/imaging/${exam.id}/measuring`)).json().analyses).toEqual([]);
  });

  it('in two regions, or without a scale, are refused until a person sets one; then all is measured', async () => {
    const [region] = phantom.clip.regions;
    if (!region) throw new Error('The phantom has a region');
    const half = { ...region, right: 150 };
    const other = { ...region, left: 151 };
    const two = await clinic.send(exam, { ...phantom.clip, regions: [half, other] });
    const points = [
      { x: 100, y: 90 },
      { x: 200, y: 90 },
    ];
    expect((await clinic.mark(exam, two, { tool: 'distance', points })).error).toContain('different regions');
    const bare = await clinic.send(exam, { ...phantom.clip, regions: [] });
    expect((await clinic.mark(exam, bare, { tool: 'distance', points })).status).toBe(422);
    const scale = { instanceId: bare, fromX: '100', fromY: '90', toX: '200', toY: '90', mm: '25' };
    expect((await clinic.post(exam, '/scale', scale)).error).toBeNull();
    expect((await clinic.mark(exam, bare, { tool: 'distance', points })).error).toBeNull();
    await clinic.work();
    const measured = async () => {
      const values = await clinic.values(exam);
      return values.get('us.distance.rest') ?? values.get('us.distance');
    };
    expect((await measured())?.value).toBeCloseTo(25, 0);
    await clinic.post(exam, '/scale', { ...scale, mm: '50' });
    await clinic.work();
    const value = await measured();
    expect(value?.value).toBeCloseTo(50, 0);
    expect(value?.note).toContain('Scale set by hand');
  });

  it('keep to the tissue that the file names when a person sets another scale', async () => {
    const whole = await clinic.send(
      exam,
      smallPhantom({ scene: tearScene(), seed: 5, activation: [0, 0] }).clip,
    );
    const scale = { instanceId: whole, fromX: '100', fromY: '90', toX: '200', toY: '90', mm: '30' };
    expect((await clinic.post(exam, '/scale', scale)).error).toBeNull();
    const outside = [
      { x: 2, y: 2 },
      { x: 150, y: 90 },
    ];
    const refused = await clinic.mark(exam, whole, { tool: 'distance', points: outside });
    expect(refused.error).toContain('outside of every region');
  });

  it('are for the clinic’s own staff, in their own examination', async () => {
    expect((await clinic.post(exam, '/moments', { instanceId: clip, timeS: '0' }, null)).status).not.toBe(
      200,
    );
    const foreign = await clinic.newExam();
    const refused = await clinic.mark(foreign, clip, {
      tool: 'distance',
      points: [
        { x: 100, y: 90 },
        { x: 200, y: 90 },
      ],
    });
    expect(refused.error).toContain('not part of the examination');
  });
});

describe('one frame is enough', () => {
  it('for a haematoma’s volume and echo intensity: measured at once, with what they depend on', async () => {
    const phantom = smallPhantom({ scene: tearScene(), activation: [0, 0, 0] });
    const exam = await clinic.newExam();
    const clip = await clinic.send(exam, phantom.clip);
    const lines = [
      { x: 100, y: 80 },
      { x: 200, y: 80 },
      { x: 150, y: 60 },
      { x: 150, y: 100 },
    ];
    const without = await clinic.mark(exam, clip, { tool: 'haematoma', points: lines });
    expect(without.error).toContain('The width is missing');
    const width = await clinic.mark(exam, clip, { tool: 'distance', points: lines.slice(2) });
    await clinic.work();
    const asked = { width: String(width.answer.id) };
    const whole = await clinic.mark(exam, clip, { tool: 'haematoma', points: lines, asked });
    expect(whole.state.analyses.at(-1)?.status).toBe('ready');
    const mm = phantom.clip.regions[0]?.scale?.lateral ?? 0;
    const volume = whole.state.values.find(({ code }) => code === 'us.haematoma-volume');
    expect(volume).toMatchObject({ unit: 'mL' });
    expect(volume?.value).toBeCloseTo(((Math.PI / 6) * (100 * mm) * (40 * mm) ** 2) / 1000, 1);
    const wider = [
      { x: 150, y: 50 },
      { x: 150, y: 110 },
    ];
    const replaces = String(width.answer.id);
    const moved = await clinic.mark(exam, clip, { tool: 'distance', points: wider, replaces });
    expect(moved.state.analyses.find(({ tool }) => tool === 'haematoma')?.status).toBe('waiting');
    await clinic.work();
    const volumeNow = async () => (await clinic.values(exam)).get('us.haematoma-volume')?.value ?? 0;
    expect(await volumeNow()).toBeCloseTo(1.5 * (volume?.value ?? 0), 1);
    await clinic.post(exam, `/analyses/${replaces}/restore`, { instead: String(moved.answer.id) });
    await clinic.work();
    expect(await volumeNow()).toBeCloseTo(volume?.value ?? 0, 1);
    const gone = await clinic.post(exam, `/analyses/${replaces}/remove`, {});
    await clinic.work();
    expect(gone.state.values.some(({ code }) => code === 'us.haematoma-volume')).toBe(false);
    const outline = [
      { x: 90, y: 70 },
      { x: 130, y: 70 },
      { x: 130, y: 100 },
      { x: 90, y: 100 },
    ];
    const echo = await clinic.mark(exam, clip, { tool: 'echo-intensity', points: outline });
    const level = echo.state.values.find(({ code }) => code === 'us.echo-intensity');
    expect(level?.value).toBeGreaterThan(10);
    expect(level?.note).toContain('gain');
  });

  it('to mark pain, keep a key frame and place the probe, and all of it is taken back', async () => {
    const phantom = smallPhantom({ scene: tearScene(), activation: [0, 0, 0] });
    const exam = await clinic.newExam();
    const clip = await clinic.send(exam, phantom.clip);
    const hurt = await clinic.post(exam, '/moments', { instanceId: clip, timeS: '0.1' });
    expect(hurt.state.moments).toMatchObject([{ words: 'It hurts now', timeS: 0.1 }]);
    const removed = await clinic.post(exam, `/moments/${hurt.answer.id}/remove`, {});
    expect(removed.state.moments).toEqual([]);
    expect((await clinic.post(exam, `/moments/${hurt.answer.id}/restore`, {})).state.moments).toHaveLength(1);
    const kept = await clinic.post(exam, '/key-frames', { instanceId: clip, frame: '1', caption: 'Torn' });
    expect(kept.state.keyFrames).toMatchObject([{ frame: 1, caption: 'Torn', analysisId: null }]);
    const late = await clinic.post(exam, '/key-frames', { instanceId: clip, frame: '900' });
    expect(late.error).toContain('The clip has');
    const probe = {
      view: 'front',
      x: '0.4',
      y: '0.6',
      angle: '15',
      axis: 'long',
      words: 'Marker to the hip',
    };
    expect((await clinic.post(exam, '/probe', probe)).state.probe).toMatchObject({ angle: 15, x: 0.4 });
  });
});

function bordersOf(phantom: Phantom): MarkPlace[] {
  const { lateral, axial } = phantom.clip.regions[0]?.scale ?? { lateral: 1, axial: 1 };
  const { left = 0, top = 0 } = phantom.clip.regions[0] ?? {};
  // Depths of the borders at the place of measuring, which lies 21 mm from the field's left edge, nearly level there.
  const gentle = (across: number) => 0.0016 * (across - 21) ** 2;
  return [12, 18, 26.5, 30.1].flatMap((depth) =>
    [18, 24].map((across) => ({ x: left + across / lateral, y: top + (depth + gentle(across)) / axial })),
  );
}
