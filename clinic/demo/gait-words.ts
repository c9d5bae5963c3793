import { type GaitReportData, measurementErrorOf, type Side } from '@rectus/gait';
import type { ReportText } from '../capabilities/gait-lab/index.ts';
import type { GaitWords } from './gait-story.ts';

/** A street that many cross, in metres: what a speed means in a day. */
const STREET_M = 12;

/** What the demo's clinician wrote about a session. Every number is read off its report, so that the words stay true. */
export function wordsOf(kind: GaitWords, report: GaitReportData, earlier: GaitReportData | null): ReportText {
  if (kind === 'draft') return draftWords(report);
  return kind === 'second' && earlier ? secondWords(report, earlier) : firstWords(report);
}

function firstWords(report: GaitReportData): ReportText {
  const now = readingsOf(report);
  return {
    findings: [
      'Simulated walk of a simulated person: barefoot, own speed, no aid.',
      `Speed ${now.speed} m/s. Left step ${now.left} cm, right ${now.right} cm.`,
      `Trunk on average ${now.forward}° forward and ${now.aside}° to the left, in every stride.`,
      'Hips, knees and ankles show nothing that would explain the pain. Read together with the examination: a guarded walk.',
    ].join('\n'),
    plain: {
      findings: [
        {
          finding: 'You hold your upper body forward and to the left',
          meaning: `On average ${now.forward} degrees forward and ${now.aside} to the left, in every stride. Your lower back holds that with each step.`,
          measure: 'trunk-forward',
        },
        {
          finding: 'Your left steps are shorter',
          meaning: `${now.left} cm with the left foot, ${now.right} cm with the right. You cannot see that in a mirror, and it can be trained.`,
          measure: 'step-length',
        },
        {
          finding: 'You walk slowly and with care',
          meaning: `${now.speed} metres in a second. A street of ${STREET_M} metres takes you ${now.crossingS} seconds.`,
          measure: 'speed',
        },
      ],
      change: '',
      next: 'Come to the report visit, which is part of what you bought. We look at this together and choose two exercises that fit into a day with a baby. In six weeks we measure again.',
    },
  };
}

function secondWords(report: GaitReportData, earlier: GaitReportData): ReportText {
  const [now, then] = [readingsOf(report), readingsOf(earlier)];
  return {
    findings: [
      'Simulated walk of a simulated person: barefoot, own speed, no aid, as six weeks ago.',
      `Speed ${now.speed} m/s (was ${then.speed}). Left step ${now.left} cm, right ${now.right} cm (were ${then.left} and ${then.right}).`,
      `Trunk on average ${now.forward}° forward (was ${then.forward}°) and ${now.aside}° to the left (was ${then.aside}°).`,
      `Greatest knee flexion in swing, left: ${now.knee}° (was ${then.knee}°), ${isWithinError(Number(now.knee) - Number(then.knee)) ? 'within' : 'beyond'} the error between sessions.`,
    ].join('\n'),
    plain: {
      findings: [
        {
          finding: 'You walk more upright',
          meaning: `${now.forward} degrees forward instead of ${then.forward}, and ${now.aside} to the left instead of ${then.aside}. Your lower back has less to hold with each step.`,
          measure: 'trunk-forward',
        },
        {
          finding: 'Your steps are longer, and alike',
          meaning: `${now.left} cm with the left foot and ${now.right} cm with the right. Six weeks ago they were ${then.left} and ${then.right}.`,
          measure: 'step-length',
        },
        {
          finding: 'You walk faster, and nobody asked you to',
          meaning: `${now.speed} metres in a second. A street of ${STREET_M} metres takes you ${now.crossingS} seconds instead of ${then.crossingS}.`,
          measure: 'speed',
        },
      ],
      change: `You stand straighter, your steps are longer and more even, and you are faster: each by much more than one of your strides differs from the next. ${kneeWords(Number(now.knee) - Number(then.knee))}`,
      next: 'Book the report visit, which is part of what you bought: we go through this and decide how much more to lift, and how. If anything gets worse, call us before then.',
    },
  };
}

function draftWords(report: GaitReportData): ReportText {
  const now = readingsOf(report);
  return {
    findings: [
      'Simulated walk of a simulated person: barefoot, own speed, no aid.',
      `Greatest knee flexion in swing: left ${now.knee}°, right ${now.otherKnee}°. The pelvis is hitched on the left to clear the floor.`,
      `Step length ${now.left} cm left and ${now.right} cm right, speed ${now.speed} m/s.`,
    ].join('\n'),
    plain: {
      findings: [
        {
          finding: 'Your left knee bends less while the leg swings',
          meaning: `${now.knee} degrees on the left, ${now.otherKnee} on the right. You lift the hip to make room for the foot.`,
          measure: 'knee-swing',
        },
        {
          finding: 'Your steps are equally long',
          meaning: `${now.left} cm with the left foot and ${now.right} cm with the right: you do not spare a leg.`,
          measure: 'step-length',
        },
        {
          finding: 'You walk at a good pace',
          meaning: `${now.speed} metres in a second. A street of ${STREET_M} metres takes you ${now.crossingS} seconds.`,
          measure: 'speed',
        },
      ],
      change: '',
      next: 'We look at the thigh muscle with ultrasound, at rest and while you tighten it, and then talk about what to train.',
    },
  };
}

/** Degrees more or fewer than last time: a change within the error is told as none. */
function kneeWords(difference: number): string {
  const way = difference < 0 ? 'less' : 'more';
  return isWithinError(difference)
    ? `Your left knee seems to bend a little ${way}, too, but that is within what measuring can tell, so we make nothing of it.`
    : `Your left knee bends ${way}, by a few degrees beyond what measuring can tell.`;
}

function isWithinError(kneeDeg: number): boolean {
  return Math.abs(kneeDeg) < (measurementErrorOf('knee.flexion')?.betweenSessionsDeg ?? 0);
}

/** The numbers that the words speak of, as they are written. */
function readingsOf(report: GaitReportData) {
  const speed = report.speedMPerS ?? Number.NaN;
  const step = (side: Side): string =>
    (100 * (report.spatioTemporal.stepLengthM[side]?.mean ?? Number.NaN)).toFixed(0);
  const lean = (id: string): number => {
    const mean = report.curves.find((curve) => curve.id === id)?.left?.mean ?? [];
    return mean.reduce((sum, value) => sum + value / mean.length, 0);
  };
  const knee = (side: Side): string =>
    (
      report.keyAngles.find(({ id }) => id === 'knee.greatest-flexion-swing')?.[side]?.mean ?? Number.NaN
    ).toFixed(0);
  return {
    speed: speed.toFixed(2),
    crossingS: Math.round(STREET_M / speed),
    ...{ left: step('left'), right: step('right') },
    forward: lean('thorax.tilt').toFixed(0),
    // Of the left side: lower than the right one is a lean to the left.
    aside: (-lean('thorax.obliquity')).toFixed(0),
    ...{ knee: knee('left'), otherKnee: knee('right') },
  };
}
