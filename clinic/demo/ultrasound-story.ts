import { addDays, dateAt } from '@rectus/schedule';
import { drawingInScene, interRectiScene, type Scene, tearScene } from '@rectus/sonography';
import type { Probe, ToolId } from '../capabilities/imaging/index.ts';
import type { PatientPlan } from './patients.ts';
import type { ClinicPlan } from './plan.ts';
import type { Random } from './random.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How a clip is drawn and measured. */
export interface ClipPlan {
  readonly label: string;
  readonly role: 'rest' | 'contraction' | 'both' | null;
  readonly scene: () => Scene;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  /** How far the contraction has gone in each frame, from 0 to 1. */
  readonly activation: readonly number[];
  readonly seed: number;
  /** What is marked at the scene's own landmarks, and followed; null leaves it to whoever looks. */
  readonly tool: Extract<ToolId, 'gap' | 'abdominal'> | null;
  /** When the patient said that it hurts, in seconds, and in which words. */
  readonly hurts: { readonly atS: number; readonly words: string } | null;
}

export type ExamWords = 'tear' | 'drawing-in' | 'earlier-drawing-in';

/** An ultrasound examination whose clips the simulator makes. */
export interface ExamPlan {
  readonly patient: PatientPlan;
  readonly about: {
    readonly suspicion: 'muscle-injury' | 'abdominal-wall';
    readonly anatomy: string;
    readonly side: 'left' | 'right' | null;
    readonly question: string;
    readonly manoeuvre: string;
    readonly position: string;
  };
  /** Where the probe stood; null where nobody said. */
  readonly probe: Probe | null;
  readonly clips: readonly ClipPlan[];
  /** Epoch milliseconds. */
  readonly takenAt: number;
  /** Null leaves the report to be written. */
  readonly signed: { readonly words: ExamWords; readonly at: number } | null;
  /** Which of the demo's public cases is made of it. */
  readonly showcase: 'tear' | 'drawing-in' | null;
}

export interface UltrasoundStory {
  readonly athlete: PatientPlan;
  readonly exams: readonly ExamPlan[];
  /** A clip that says too little of whom it shows: somebody has to say it. */
  readonly waiting: { readonly clip: ClipPlan; readonly saysName: string };
}

/** Somebody whom a visitor can be: his own page asks about nothing and shows a public case. */
export const DEMO_ATHLETE = {
  givenName: 'Emil',
  familyName: 'Vinter',
  email: 'emil.vinter@example.org',
} as const;

/**
 * The athlete's complete tear, seen today and referred; the mother's drawing-in, signed, with one six weeks before; a
 * distance between the recti that nobody has measured yet; a clip that waits for a name.
 */
export function makeUltrasoundStory(
  plan: ClinicPlan,
  random: Random,
  people: { readonly mother: PatientPlan; readonly other: PatientPlan | undefined },
  now: number,
): UltrasoundStory {
  const athlete = {
    id: random.uuid(),
    ...DEMO_ATHLETE,
    birthDate: addDays(dateAt(now, plan.timeZone), -27 * 365 - 71),
    phone: '+44 7700 900742',
  };
  return {
    athlete,
    exams: [
      tearExam(athlete, now),
      drawingInExam(people.mother, now - 58 * DAY, {
        words: 'earlier-drawing-in',
        ratio: 1.25,
        showcase: null,
      }),
      drawingInExam(people.mother, now - 16 * DAY, {
        words: 'drawing-in',
        ratio: 1.6,
        showcase: 'drawing-in',
      }),
      ...(people.other ? [interRectiExam(people.other, now)] : []),
    ],
    waiting: {
      clip: { ...RESTING, width: 240, height: 180, activation: rest(3), seed: 91 },
      saysName: 'V^E',
    },
  };
}

/** Frames in which nothing moves. */
function rest(frames: number): readonly number[] {
  return Array.from({ length: frames }, () => 0);
}

/** Rest, a contraction that begins and slows down softly, and its peak held. */
function contraction(before: number, onset: number, held: number): readonly number[] {
  const rising = Array.from({ length: onset }, (_, n) => {
    const share = (n + 1) / (onset + 1);
    return share * share * (3 - 2 * share);
  });
  return [...rest(before), ...rising, ...Array.from({ length: held }, () => 1)];
}

const THIGH = tearSceneOnce();
function tearSceneOnce(): () => Scene {
  let made: Scene | null = null;
  return () => {
    made ??= tearScene({ retractionMm: 19, seed: 23 });
    return made;
  };
}

const RESTING: ClipPlan = {
  label: 'At rest',
  role: 'rest',
  scene: THIGH,
  ...{ width: 360, height: 270, frameRate: 20 },
  activation: rest(4),
  seed: 5,
  tool: null,
  hurts: null,
};

function tearExam(patient: PatientPlan, now: number): ExamPlan {
  const takenAt = now - 2 * HOUR;
  return {
    patient,
    about: {
      suspicion: 'muscle-injury',
      anatomy: 'Rectus femoris',
      side: 'right',
      question: 'Told of a minor strain four weeks ago; strength does not come back.',
      manoeuvre: 'Straightening the knee against the hand, slowly',
      position: 'Lying on the back, knee slightly bent',
    },
    probe: {
      ...{ view: 'front', x: 0.41, y: 0.6, angle: 0, axis: 'long' },
      words: 'Middle of the thigh, marker towards the hip. 18 cm below the hip spine.',
    },
    clips: [
      RESTING,
      {
        ...RESTING,
        label: 'Rest to contraction',
        role: 'both',
        ...{ width: 456, height: 342 },
        activation: contraction(5, 20, 5),
        tool: 'gap',
        hurts: { atS: 0.9, words: 'here, it pulls' },
      },
    ],
    takenAt,
    signed: { words: 'tear', at: takenAt + 0.7 * HOUR },
    showcase: 'tear',
  };
}

function drawingInExam(
  patient: PatientPlan,
  takenAt: number,
  { words, ratio, showcase }: { words: ExamWords; ratio: number; showcase: ExamPlan['showcase'] },
): ExamPlan {
  return {
    patient,
    about: {
      suspicion: 'abdominal-wall',
      anatomy: 'Transversus abdominis',
      side: 'left',
      question: 'Low back pain after birth: does the deep abdominal wall answer?',
      manoeuvre: 'Drawing in',
      position: 'Crook-lying, at the end of breathing out',
    },
    probe: {
      ...{ view: 'front', x: 0.62, y: 0.41, angle: 90, axis: 'short' },
      words: 'Across the flank, midway between the rib cage and the pelvis.',
    },
    clips: [
      {
        label: 'Drawing in',
        role: 'both',
        scene: () => drawingInScene({ activationRatio: ratio, slideMm: 2.5 }),
        ...{ width: 360, height: 288, frameRate: 18 },
        activation: contraction(4, 15, 3),
        seed: 7,
        tool: 'abdominal',
        hurts: null,
      },
    ],
    takenAt,
    signed: { words, at: takenAt + 1.5 * HOUR },
    showcase,
  };
}

function interRectiExam(patient: PatientPlan, now: number): ExamPlan {
  return {
    patient,
    about: {
      suspicion: 'abdominal-wall',
      anatomy: 'Linea alba',
      side: null,
      question: 'How far apart are the recti, at rest and in a curl-up?',
      manoeuvre: 'Curl-up',
      position: 'Lying on the back, knees bent',
    },
    probe: null,
    clips: [
      {
        label: '3 cm above the umbilicus',
        role: 'both',
        scene: interRectiScene,
        ...{ width: 320, height: 240, frameRate: 12 },
        activation: contraction(3, 6, 3),
        seed: 9,
        tool: null,
        hurts: null,
      },
    ],
    takenAt: now - 26 * HOUR,
    signed: null,
    showcase: null,
  };
}
