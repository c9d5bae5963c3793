import { type Phantom, tearScene } from '@rectus/sonography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exam } from '../core/exam.ts';
import type { MeasuredValue } from './measured-values.ts';
import { landmark, type MeasuringWorld, measuringWorld, smallPhantom } from './testing.ts';

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
    const id = (await clinic.post(exam, '/guess', { instanceId: clip, frame: '0' })).state?.analyses[0]?.id;
    const state = await clinic.get(`/desk/imaging/${exam.id}/measuring`);
    const analysis = await clinic.analysis(exam, id ?? state.json().analyses[0].id);
    const { result } = analysis;
    expect(result?.series[0]?.values[30]).toBeNull();
    expect(result?.lost).toBeGreaterThanOrEqual(1);
    expect((result?.held ?? 0) + (result?.lost ?? 0)).toBe(phantom.clip.frameCount);
    expect(result?.places[0]?.x[30]).toBeNull();
  });
});
