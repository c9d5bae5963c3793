import {
  type EventKind,
  findEvents,
  fitKinematicBias,
  judgeEvents,
  type KinematicMethod,
  kinematicErrorsS,
  plateContacts,
  plateEvents,
} from '@rectus/gait';
import {
  recordingOfTrial,
  TRIALS_WITH_EVENTS,
  WALKS_TO_FIT,
  walksWithout,
} from '../../packages/gait/testing/events.ts';
import { percentile } from '../lib/report.ts';

/** What one method found of the events that were marked. */
export interface MethodResult {
  readonly method: string;
  readonly kind: EventKind;
  readonly marked: number;
  readonly n: number;
  readonly medianMs: number;
  readonly worstMs: number;
}

export interface FileResult {
  readonly name: string;
  readonly marked: number;
  readonly n: number;
  readonly medianMs: number;
  readonly worstMs: number;
}

const KINDS = ['foot-strike', 'foot-off'] as const;
const KINEMATIC = {
  'heel-braking': ['foot-strike'],
  zeni: KINDS,
  'foot-velocity': KINDS,
} as const satisfies Record<KinematicMethod, readonly EventKind[]>;

/**
 * Each method alone against the events that the recordings brought with them; the kinematic ones corrected by what
 * the other walks show, never by the judged one.
 */
export function compareMethods(): MethodResult[] {
  const plates = KINDS.map((kind) =>
    resultOf('force plates', kind, (name) => {
      const recording = recordingOfTrial(name);
      const found = plateEvents(plateContacts(recording)).filter(({ usable }) => usable);
      return judgeEvents(recording, found, kind).flatMap(({ errorS }) => errorS ?? []);
    }),
  );
  const kinematic = Object.entries(KINEMATIC).flatMap(([method, kinds]) =>
    kinds.map((kind) =>
      resultOf(method, kind, (name) =>
        kinematicErrorsS(
          recordingOfTrial(name),
          method as KinematicMethod,
          kind,
          fitKinematicBias(walksWithout(name)),
        ),
      ),
    ),
  );
  return [...plates, ...kinematic];
}

function resultOf(
  method: string,
  kind: EventKind,
  errorsS: (name: string) => readonly number[],
): MethodResult {
  const errors = WALKS_TO_FIT.flatMap(errorsS).map((error) => Math.abs(1000 * error));
  const marked = WALKS_TO_FIT.flatMap((name) => recordingOfTrial(name).events).filter(
    (event) => event.kind === kind,
  ).length;
  return { method, kind, marked, n: errors.length, ...summaryOf(errors) };
}

/** What is chosen for a recording as if it had brought no events, against those that it brought. */
export function compareChosen(): FileResult[] {
  return TRIALS_WITH_EVENTS.map((name) => {
    const recording = recordingOfTrial(name);
    const { chosen } = findEvents(recording, { vendor: false, bias: fitKinematicBias(walksWithout(name)) });
    const judged = judgeEvents(recording, chosen);
    const errors = judged.flatMap(({ errorS }) => (errorS === null ? [] : Math.abs(1000 * errorS)));
    return { name, marked: judged.length, n: errors.length, ...summaryOf(errors) };
  });
}

function summaryOf(errorsMs: readonly number[]): { medianMs: number; worstMs: number } {
  if (errorsMs.length === 0) return { medianMs: Number.NaN, worstMs: Number.NaN };
  return { medianMs: percentile(errorsMs, 0.5), worstMs: Math.max(...errorsMs) };
}
