import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Architecture,
  findMuscle,
  type LumaFrame,
  type MuscleFound,
  type MuscleNotFound,
  measureArchitecture,
  type Region,
  type Scale,
  SonographyError,
} from '@rectus/sonography';
import { UsageError } from '../../lib/console.ts';
import { writeResult } from '../../lib/write-result.ts';
import { readClip } from '../files.ts';
import { overlayPng, overlaySvg } from '../overlay.ts';

/** Finds a muscle in stills and measures it. */
export async function muscleCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'mm-per-px': { type: 'string' },
      frame: { type: 'string', default: '0' },
      format: { type: 'string', default: 'text' },
      out: { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new UsageError('Name at least one image.');
  if (values.format !== 'text' && values.format !== 'json')
    throw new UsageError(`--format is text or json, not ${values.format}.`);
  const given = values['mm-per-px'] === undefined ? null : scaleFrom(values['mm-per-px']);
  const results: Result[] = [];
  for (const path of positionals) {
    const result = await look(path, Number(values.frame), given);
    if (values.out !== undefined) writeOverlay(values.out, path, positionals.length, result);
    results.push(result);
  }
  const told = results.map(inJson);
  writeResult(
    undefined,
    values.format === 'json' ? `${JSON.stringify(told, null, 2)}\n` : results.map(inWords).join('\n'),
  );
  const missing = results.filter(({ muscle }) => !muscle.found).length;
  if (missing > 0)
    throw new SonographyError('not-measurable', `No muscle was found in ${missing} of ${results.length}.`);
}

interface Result {
  readonly name: string;
  readonly frame: LumaFrame;
  readonly muscle: MuscleFound | MuscleNotFound;
  readonly architecture: Architecture | null;
  readonly isCalibrated: boolean;
}

// A length that a person reads off a ruler is a hundredth off at best.
const GIVEN_SCALE_ERROR = 0.01;

function scaleFrom(text: string): Scale {
  const [lateral = Number.NaN, axial = lateral, ...more] = text.split(',').map(Number);
  if (!(lateral > 0 && axial > 0) || more.length > 0)
    throw new UsageError(`--mm-per-px takes one number above nought, or two (across,down), not ${text}.`);
  return { lateral, axial, relativeError: GIVEN_SCALE_ERROR };
}

async function look(path: string, index: number, given: Scale | null): Promise<Result> {
  const clip = await readClip([path]);
  const frame = await clip.frame(index);
  const region = given ? null : (clip.regions.find((one) => one.kind === 'tissue' && one.scale) ?? null);
  const scale = given ?? region?.scale ?? null;
  const muscle = findMuscle(frame, {
    ...(scale ? { scale } : {}),
    ...(region ? { area: withinFrame(region, frame) } : {}),
  });
  // Angles need no scale: any even one gives them, and no length is told then.
  const measured: Region = {
    ...{ left: 0, top: 0, right: frame.width - 1, bottom: frame.height - 1, kind: 'tissue', refusal: null },
    scale: scale ?? { lateral: 1, axial: 1, relativeError: 0 },
  };
  const architecture = muscle.found ? measureArchitecture([measured], muscle.lines, muscle.area) : null;
  return { name: basename(path), frame, muscle, architecture, isCalibrated: scale !== null };
}

function withinFrame(region: Region, frame: LumaFrame): Pick<Region, 'left' | 'top' | 'right' | 'bottom'> {
  return {
    left: Math.max(0, region.left),
    top: Math.max(0, region.top),
    right: Math.min(frame.width - 1, region.right),
    bottom: Math.min(frame.height - 1, region.bottom),
  };
}

function writeOverlay(out: string, path: string, count: number, { frame, muscle }: Result): void {
  const target = count === 1 ? out : join(out, `${basename(path, extname(path))}.png`);
  const kind = extname(target).toLowerCase();
  if (kind === '.svg') writeResult(target, overlaySvg(frame, muscle));
  else if (kind === '.png') writeResult(target, overlayPng(frame, muscle));
  else throw new UsageError('An overlay is an .svg or a .png.');
}

function inJson({ name, muscle, architecture, isCalibrated }: Result) {
  if (!muscle.found || !architecture) return { name, ...muscle };
  const { pennation, fascicleAngle, aponeurosisAngle, extrapolatedShare } = architecture;
  return {
    name,
    ...muscle,
    pennationDeg: pennation,
    fascicleAngleDeg: fascicleAngle,
    aponeurosisAngleDeg: aponeurosisAngle,
    fascicleLengthMm: isCalibrated ? architecture.fascicleLength : null,
    thicknessMm: isCalibrated ? architecture.thickness : null,
    extrapolatedShare,
  };
}

function inWords({ name, muscle, architecture, isCalibrated }: Result): string {
  if (!muscle.found || !architecture)
    return `${name}\n  not found: ${muscle.found ? 'it cannot be measured' : muscle.message}\n`;
  const of = ({ value, standardError }: { value: number; standardError: number }, unit: string) =>
    `${value.toFixed(1)} ± ${standardError.toFixed(1)}${unit}`;
  const noScale = 'needs --mm-per-px';
  const lines = [
    ['pennation', of(architecture.pennation, '°')],
    ['fascicle length', isCalibrated ? of(architecture.fascicleLength, ' mm') : noScale],
    ['thickness', isCalibrated ? of(architecture.thickness, ' mm') : noScale],
    ['beyond the picture', `${Math.round(100 * architecture.extrapolatedShare)} % of the fascicle`],
    ['confidence', muscle.confidence.toFixed(2)],
  ];
  return `${name}\n${lines.map(([key = '', value]) => `  ${key.padEnd(18)} ${value}`).join('\n')}\n`;
}
