import { drawingInScene, type Phantom, tearScene } from '@rectus/sonography';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { BodySide } from '../../../platform/database/schema-of-imaging.ts';
import type { Exam } from '../core/exam.ts';
import { type MeasuringWorld, measuringWorld, smallPhantom } from './testing.ts';
import type { MarkPlace } from './tools/tool.ts';

let clinic: MeasuringWorld;
beforeAll(async () => {
  clinic = await measuringWorld();
});
afterAll(() => clinic.close());

const still = smallPhantom({ scene: tearScene(), activation: [0, 0, 0] });

function mmPerPx({ clip }: Phantom): number {
  return clip.regions[0]?.scale?.lateral ?? 0;
}

async function ofSide(exam: Exam, side: BodySide): Promise<string> {
  const { clip, truth } = smallPhantom({
    scene: tearScene(),
    seed: side === 'left' ? 1 : 2,
    activation: [0, 0, 0],
  });
  expect(truth).toBeDefined();
  const id = await clinic.send(exam, clip);
  await inClinic(clinic.world.one.context, ({ tx }) =>
    tx.updateTable('imaging_instance').set({ side }).where('id', '=', id).execute(),
  );
  return id;
}

function rectangle(wide: number, deep: number): MarkPlace[] {
  return [
    { x: 100, y: 70 },
    { x: 100 + wide, y: 70 },
    { x: 100 + wide, y: 70 + deep },
    { x: 100, y: 70 + deep },
  ];
}

it('the thickness of a layer follows its borders while it thickens', async () => {
  const phantom = smallPhantom({ scene: drawingInScene(), width: 360, height: 270 });
  const exam = await clinic.newExam({ anatomy: 'Transversus abdominis', side: 'left' });
  const clip = await clinic.send(exam, phantom.clip);
  const place = (name: string) => phantom.truth.landmarks[name] ?? { x: 0, y: 0 };
  const points = ['transversus, outer border', 'transversus, inner border'].flatMap((name) => {
    const { x, y } = place(name);
    return [
      { x: x - 12, y },
      { x: x + 12, y },
    ];
  });
  await clinic.mark(exam, clip, { tool: 'thickness', points });
  await clinic.work();
  const values = await clinic.values(exam);
  for (const state of ['rest', 'contraction'] as const) {
    const measured = values.get(`us.thickness.${state}`);
    const truth = phantom.truth.series.transversusMm?.[measured?.frame ?? -1] ?? Number.NaN;
    expect(Math.abs((measured?.value ?? 0) - truth), state).toBeLessThan(3 * (measured?.standardError ?? 0));
    expect(Math.abs((measured?.value ?? 0) - truth), state).toBeLessThan(0.4);
  }
});

it('an angle between two lines is the acute one, whatever the order of their ends', async () => {
  const exam = await clinic.newExam({ anatomy: 'Gastrocnemius' });
  const clip = await clinic.send(exam, still.clip);
  const [across, down] = [80 * Math.cos(Math.PI / 6), 80 * Math.sin(Math.PI / 6)];
  const points = [
    { x: 100, y: 60 },
    { x: 190, y: 60 },
    { x: 100 + across, y: 80 + down },
    { x: 100, y: 80 },
  ];
  await clinic.mark(exam, clip, { tool: 'angle', points });
  await clinic.work();
  const [angle] = [...(await clinic.values(exam)).values()];
  expect(angle).toMatchObject({ unit: 'deg', bodySite: 'Gastrocnemius' });
  expect(angle?.value).toBeCloseTo(30, 0);
});

it('an area is that of its outline, and both sides of a structure give their difference', async () => {
  const exam = await clinic.newExam({ anatomy: 'Multifidus' });
  const [left, right] = [await ofSide(exam, 'left'), await ofSide(exam, 'right')];
  await clinic.mark(exam, left, { tool: 'area', points: rectangle(60, 40) });
  await clinic.mark(exam, right, { tool: 'area', points: rectangle(60, 50) });
  await clinic.work();
  const state = (await clinic.get(`/desk/imaging/${exam.id}/measuring`)).json();
  const values: { code: string; side: BodySide | null; value: number; unit: string; note: string }[] =
    state.values;
  const mm = mmPerPx(still);
  const area = (side: BodySide) =>
    values.find((one) => one.side === side && one.unit === 'mm2')?.value ?? Number.NaN;
  expect(area('left') / (60 * 40 * mm * mm)).toBeCloseTo(1, 1);
  expect(area('right') / (60 * 50 * mm * mm)).toBeCloseTo(1, 1);
  const difference = values.find(({ code }) => code.startsWith('us.area-asymmetry'));
  expect(difference).toMatchObject({ unit: '%', side: null, note: 'The right side is larger.' });
  expect(difference?.value).toBeCloseTo(20, 0);
});
