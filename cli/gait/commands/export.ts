import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import {
  bothSides,
  cutStrides,
  findEvents,
  GaitError,
  kinematicsOf,
  recordingOf,
  screenStrides,
  spatioTemporal,
  trialKinetics,
  walkingDirection,
} from '@rectus/gait';
import { say, UsageError } from '../../lib/console.ts';
import { writeResult } from '../../lib/write-result.ts';
import { readTrial } from '../files.ts';
import { SUBJECT_FLAGS } from '../flags.ts';
import { curvesOfTrial, type NamedCurve, nested, plain } from '../output/frames.ts';
import { axesInWords, motOf, trcOf } from '../output/opensim.ts';
import { markerSetOf, openSession, type Session } from '../session.ts';

/** Writes the curves of one trial for other programs. */
export async function exportCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...SUBJECT_FLAGS, format: { type: 'string', default: 'json' }, out: { type: 'string' } },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('Name one trial.');
  const name = basename(path);
  if (values.format === 'trc' || values.format === 'mot') {
    const { file } = readTrial(path);
    // The labels stay the file's own; where the person walks is told by the markers that the model knows.
    const recording = recordingOf(file, null);
    const walked = walkingDirection(recordingOf(file, markerSetOf(values.markers)));
    if (values.format === 'mot' && recording.plates.length === 0)
      throw new UsageError(`${name} has no force plate.`);
    const write = values.format === 'trc' ? trcOf : motOf;
    say(`Axes: ${axesInWords(walked)}.`);
    writeResult(values.out, write(recording, name, walked));
    return;
  }
  if (values.format !== 'json' && values.format !== 'csv')
    throw new UsageError(`--format is json, csv, trc or mot, not ${values.format}.`);
  const session = openSession([path], values);
  const analysed = analyse(session, values['no-vendor-events'] !== true);
  writeResult(values.out, values.format === 'json' ? jsonOf(session, analysed) : csvOf(analysed));
}

/** The first trial of a session; without events where the feet do not show any. */
function analyse({ trials, subject, lab, calibration, segments }: Session, vendor: boolean) {
  const [trial] = trials;
  if (!trial) throw new UsageError('Name one trial.');
  const { recording, name } = trial;
  const kinematics = kinematicsOf(recording, subject, lab, calibration);
  const events = eventsOf(recording, vendor);
  const kinetics = trialKinetics(recording, subject, lab, calibration, events, undefined, segments);
  return { name, recording, kinematics, events, curves: curvesOfTrial(kinematics, kinetics) };
}

function eventsOf(recording: Parameters<typeof findEvents>[0], vendor: boolean) {
  try {
    return findEvents(recording, { vendor });
  } catch (error) {
    if (!(error instanceof GaitError)) throw error;
    say(`No events: ${error.message}`);
    return { chosen: [], candidates: [], contacts: [] };
  }
}

type Analysed = ReturnType<typeof analyse>;

function jsonOf(
  { subject, lab, calibration }: Session,
  { name, recording, kinematics, events, curves }: Analysed,
): string {
  const { rateHz, frames, firstTimeS } = recording;
  const strides =
    events.chosen.length > 0 ? screenStrides(recording, cutStrides(events.chosen, events.contacts)) : null;
  const centres = bothSides((side) =>
    Object.fromEntries(
      (['hip', 'knee', 'ankle'] as const).map((joint) => [
        joint,
        kinematics.poses.map(({ legs }) => plain(legs[side][joint])),
      ]),
    ),
  );
  const document = {
    trial: name,
    model: 'conventional gait model',
    rateHz,
    subject,
    lab,
    calibration,
    frames: {
      timeS: Array.from({ length: frames }, (_, frame) => firstTimeS + frame / rateHz),
      ...nested(curves),
      jointCentresMm: centres,
    },
    events: events.chosen,
    strides:
      strides &&
      bothSides((side) =>
        strides.accepted[side].map((stride) => ({
          ...stride,
          events: undefined,
          ...spatioTemporal(recording, stride),
        })),
      ),
    excludedStrides: strides?.excluded ?? [],
  };
  return `${JSON.stringify(document)}\n`;
}

function csvOf({ recording: { rateHz, frames, firstTimeS }, curves }: Analysed): string {
  const heading = ({ side, segment, measure }: NamedCurve) => `${side}.${segment}.${measure}`;
  const lines = [['timeS', ...curves.map(heading)].join(',')];
  for (let frame = 0; frame < frames; frame++) {
    const row = curves.map(({ values }) => {
      const value = values[frame] ?? Number.NaN;
      return Number.isFinite(value) ? String(Number(value.toFixed(6))) : '';
    });
    lines.push([(firstTimeS + frame / rateHz).toFixed(5), ...row].join(','));
  }
  return `${lines.join('\n')}\n`;
}
