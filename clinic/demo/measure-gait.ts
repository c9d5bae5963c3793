import { createHash, randomUUID } from 'node:crypto';
import { writeC3d } from '@rectus/c3d';
import {
  c3dOfTrial,
  type GaitReportData,
  simulatedNorms,
  simulateStanding,
  simulateWalk,
  USUAL_CAPTURE,
} from '@rectus/gait';
import {
  type Inspected,
  inspectFile,
  type JudgedSession,
  measureSession,
  simulatedInUse,
} from '../capabilities/gait-lab/index.ts';
import type { FileStore } from '../platform/files/index.ts';
import type { GaitSessionPlan } from './gait-story.ts';

const WALKS = 3;
const YEAR_MS = 365.25 * 86_400_000;

/** A file that lies in the clinic's store. */
export interface KeptFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly found: Extract<Inspected, { ok: true }>;
}

/** A session with its files in the store and what the gait lab read out of them. */
export interface MeasuredGait {
  readonly plan: GaitSessionPlan;
  readonly files: readonly KeptFile[];
  readonly measured: JudgedSession;
}

/**
 * Lets the simulator walk, keeps each trial as a C3D file in the store, and has the gait lab measure the files as it
 * measures anybody's. Files come before rows: should the rows never be written, the sweep finds the files again.
 */
export async function measureGait(
  store: FileStore,
  clinicId: string,
  sessions: readonly GaitSessionPlan[],
): Promise<readonly MeasuredGait[]> {
  const norms = simulatedInUse(simulatedNorms());
  const measured: MeasuredGait[] = [];
  for (const plan of sessions) {
    const files: KeptFile[] = [];
    for (const { name, bytes } of filesOf(plan)) files.push(await keep(store, clinicId, name, bytes));
    const onDisk = files.map(({ name, sha256 }) => ({ name, path: store.pathOf({ clinicId, sha256 }) }));
    const [standing, ...walking] = onDisk;
    if (!standing) throw new Error('expected a standing trial');
    const before = measured.find((one) => one.plan.visit.patient === plan.visit.patient);
    const session = {
      ...{ standing, walking },
      known: {},
      lab: {},
      conditions: { ageYears: ageOf(plan), footwear: 'barefoot' as const, walkingAid: null },
      previous: before?.measured.report ?? null,
      usualMarkerRadiusMm: null,
      norms: [norms.norms],
    };
    measured.push({ plan, files, measured: { ...measureSession(session, () => {}), norms: [norms] } });
  }
  return measured;
}

/** The report of the same person's session before this one. */
export function earlierOf(all: readonly MeasuredGait[], one: MeasuredGait): GaitReportData | null {
  const same = all.filter(({ plan }) => plan.visit.patient === one.plan.visit.patient);
  return same[same.indexOf(one) - 1]?.measured.report ?? null;
}

function ageOf({ visit: { start, patient } }: GaitSessionPlan): number | null {
  return patient.birthDate === null ? null : Math.floor((start - Date.parse(patient.birthDate)) / YEAR_MS);
}

function* filesOf({ body, walk, seed }: GaitSessionPlan): Generator<{ name: string; bytes: Uint8Array }> {
  yield { name: 'simulated standing.c3d', bytes: writeC3d(c3dOfTrial(simulateStanding(body))) };
  for (let n = 0; n < WALKS; n++) {
    const firstSide = n % 2 === 0 ? 'left' : 'right';
    const trial = simulateWalk(body, walk, { ...USUAL_CAPTURE, seed: seed + n, firstSide });
    yield { name: `simulated walk ${n + 1}.c3d`, bytes: writeC3d(c3dOfTrial(trial)) };
  }
}

async function keep(store: FileStore, clinicId: string, name: string, bytes: Uint8Array): Promise<KeptFile> {
  const draft = randomUUID();
  await store.append(draft, 0, once(bytes), bytes.length);
  const found = inspectFile({ name, path: store.draftPath(draft) });
  if (!found.ok) throw new Error(`The demo made a file that cannot be used: ${found.reason}`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await store.keep(draft, { clinicId, sha256 });
  return { name, sizeBytes: bytes.length, sha256, found };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
