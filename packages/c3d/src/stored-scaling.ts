import { type Analog, type C3dContent, channelAt } from './content.ts';
import { C3dError } from './errors.ts';
import type { Storage } from './layout.ts';

/** How coordinates and samples become stored numbers. */
export interface StoredScaling {
  /** POINT:SCALE without its sign. */
  readonly pointScale: number;
  readonly analogScales: readonly number[];
  readonly analogOffsets: readonly number[];
}

/** The largest stored step that new scales aim at, a little below what 16 bits hold. */
const FULL_SCALE = 32000;
const DEFAULT_SCALE = 0.01;
/** How far a stored sample may lie from a whole number and still count as one. */
const WHOLE_TOLERANCE = 1e-3;

/** The coarsest step in millimetres to which coordinates may be rounded. */
const COARSEST_STEP_MM = 0.5;

/**
 * The scales with which content is stored. Those that it came with are kept; in integer form they are replaced where
 * values would not fit into 16 bits or would lose what they hold between two steps.
 * @throws C3dError `not-writable` if integers would round positions by more than half a millimetre, as they do beside
 * moments in Nmm, which share the scale of the points
 */
export function storedScaling(content: C3dContent, storage: Storage): StoredScaling {
  const { analog } = content;
  const own = Math.fround(
    content.scale > 0 && Number.isFinite(content.scale) ? content.scale : DEFAULT_SCALE,
  );
  if (storage === 'real') {
    return { pointScale: own, analogScales: analog.scales, analogOffsets: analog.offsets };
  }
  const channels = analog.labels.map((_, channel) => channelScaling(analog, channel));
  return {
    pointScale: integerPointScale(content, own),
    analogScales: channels.map(({ scale }) => scale),
    analogOffsets: channels.map(({ offset }) => offset),
  };
}

function integerPointScale({ markers, modelOutputs }: C3dContent, own: number): number {
  const sets = [markers, ...modelOutputs];
  const whole = (value: number) => {
    const stored = value / own;
    return Math.abs(stored - Math.round(stored)) < WHOLE_TOLERANCE && Math.abs(stored) < 32767.5;
  };
  if (sets.every(({ values }) => values.every((value) => Number.isNaN(value) || whole(value)))) return own;
  const largest = sets.reduce((most, { values }) => Math.max(most, largestOf(values)), 0);
  const scale = Math.fround(largest / FULL_SCALE);
  const stepMm = scale * (markers.mmPerUnit ?? 1);
  if (markers.labels.length > 0 && stepMm > COARSEST_STEP_MM) {
    const expected = `steps of at most ${COARSEST_STEP_MM} mm in integer form; store reals instead`;
    throw new C3dError({ code: 'not-writable', expected, found: stepMm, group: 'POINT', parameter: 'SCALE' });
  }
  return scale;
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}

function channelScaling(analog: Analog, channel: number): { scale: number; offset: number } {
  const [scale, offset] = [Math.fround(analog.scales[channel] ?? 1), analog.offsets[channel] ?? 0];
  const values = channelAt(analog, channel);
  const general = Math.fround(analog.generalScale);
  const [low, high] = analog.unsigned ? [0, 65535] : [-32768, 32767];
  const kept = values.every((value) => {
    const stored = value / (scale * general) + offset;
    const step = Math.round(stored);
    return Math.abs(stored - step) < WHOLE_TOLERANCE && step >= low && step <= high;
  });
  if (kept) return { scale, offset };
  const largest = largestOf(values);
  return {
    scale: largest === 0 || general === 0 ? 1 : Math.fround(largest / FULL_SCALE / Math.abs(general)),
    offset: analog.unsigned ? 32768 : 0,
  };
}
