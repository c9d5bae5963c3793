import { type C3dContent, type NumberParameter, newContent, type ParameterGroup } from '@rectus/c3d';
import type { Plate } from '../recording.ts';
import type { SimulatedTrial } from './trial.ts';

const CHANNELS = ['Fx', 'Fy', 'Fz', 'Mx', 'My', 'Mz'] as const;

/**
 * A simulated trial as the content of a C3D file for `writeC3d`: millimetres, plates of type 2, the person's measurements
 * in PROCESSING as motion-capture programs store them, and a subject whose name says that nobody walked.
 */
export function c3dOfTrial({ recording, person, samplesPerFrame }: SimulatedTrial): C3dContent {
  const { rateHz, frames, markers, plates, events } = recording;
  const labels = [...markers.keys()];
  const values = new Float64Array(3 * frames * labels.length);
  for (const [index, path] of [...markers.values()].entries()) values.set(path, 3 * frames * index);
  return newContent({
    rateHz,
    frames,
    markers: { labels, values },
    analog: {
      labels: plates.flatMap((_, index) => CHANNELS.map((name) => `${name}${index + 1}`)),
      units: plates.flatMap(() => ['N', 'N', 'N', 'Nmm', 'Nmm', 'Nmm']),
      samplesPerFrame,
      values: channelsOf(plates, frames * samplesPerFrame),
    },
    forcePlates: plates.map((plate, index) => ({
      index,
      type: 2 as const,
      channels: CHANNELS.map((_, channel) => CHANNELS.length * index + channel),
      corners: plate.cornersMm,
      origin: [0, 0, 0] as const,
      calibration: null,
      unloadedFrames: null,
    })),
    events: events.map(({ side, kind, timeS }) => ({
      source: 'event-group' as const,
      label: kind === 'foot-strike' ? 'Foot Strike' : 'Foot Off',
      context: side === 'left' ? 'Left' : 'Right',
      subject: 'Simulated',
      description: '',
      timeS,
      displayed: true,
      iconId: kind === 'foot-strike' ? 1 : 2,
      genericFlag: 0,
    })),
    groups: groupsOf(person),
  });
}

/** Plate axes are those of the lab with y and z turned round: z points down. */
function channelsOf(plates: readonly Plate[], samples: number): Float64Array {
  const values = new Float64Array(CHANNELS.length * samples * plates.length);
  for (const [index, { forceN, momentNmm }] of plates.entries()) {
    for (let sample = 0; sample < samples; sample++) {
      for (const axis of [0, 1, 2] as const) {
        const sign = axis === 0 ? 1 : -1;
        const first = CHANNELS.length * index + axis;
        values[first * samples + sample] = sign * (forceN[3 * sample + axis] ?? 0);
        values[(first + 3) * samples + sample] = sign * (momentNmm[3 * sample + axis] ?? 0);
      }
    }
  }
  return values;
}

function groupsOf({ subject, lab }: SimulatedTrial['person']): ParameterGroup[] {
  const sides = (name: string, { left, right }: { readonly left: number; readonly right: number }) => [
    real(`L${name}`, left),
    real(`R${name}`, right),
  ];
  const shared = { description: '', locked: false, byte: null };
  return [
    {
      ...shared,
      id: 20,
      name: 'PROCESSING',
      parameters: [
        real('BODYMASS', subject.massKg),
        ...(subject.heightMm === null ? [] : [real('HEIGHT', subject.heightMm)]),
        ...(subject.interAsisMm === null ? [] : [real('INTERASISDISTANCE', subject.interAsisMm)]),
        ...sides('LEGLENGTH', subject.legLengthMm),
        ...sides('KNEEWIDTH', subject.kneeWidthMm),
        ...sides('ANKLEWIDTH', subject.ankleWidthMm),
        real('MARKERDIAMETER', 2 * lab.markerRadiusMm),
      ],
    },
    {
      ...shared,
      id: 21,
      name: 'SUBJECTS',
      parameters: [
        { ...shared, name: 'NAMES', type: 'text' as const, dimensions: [1], values: ['Simulated'] },
      ],
    },
  ];
}

function real(name: string, value: number): NumberParameter {
  const values = Float32Array.of(value);
  return { name, description: '', locked: false, byte: null, type: 'real', dimensions: [], values };
}
