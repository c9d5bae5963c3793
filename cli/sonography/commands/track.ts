import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type Clip, type TrackedClip, type TrackedPoint, trackClip } from '@rectus/sonography';
import { UsageError } from '../../lib/console.ts';
import { writeResult } from '../../lib/write-result.ts';
import { readClip } from '../files.ts';
import { type NamedMarks, readMarks } from '../marks-file.ts';

/** Follows marks through a clip. */
export async function trackCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      points: { type: 'string' },
      format: { type: 'string', default: 'json' },
      out: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      fast: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) throw new UsageError('Name a clip: a DICOM file, or its pictures in order.');
  if (values.points === undefined) throw new UsageError('Name the marks with --points FILE.');
  if (values.format !== 'json' && values.format !== 'csv')
    throw new UsageError(`--format is json or csv, not ${values.format}.`);
  const named = readMarks(values.points);
  const clip = await readClip(positionals);
  const tracked = await trackClip(clip, named.marks, {
    start: named.frame,
    ...(values.from !== undefined && { from: frameOf('from', values.from) }),
    ...(values.to !== undefined && { to: frameOf('to', values.to) }),
    passes: values.fast ? 1 : 2,
    onProgress: showProgress,
  });
  const rows = rowsOf(named, tracked);
  const name = basename(positionals[0] ?? '');
  writeResult(
    values.out,
    values.format === 'json' ? inJson(name, clip, tracked, rows) : inCsv(clip, tracked, rows),
  );
}

function frameOf(flag: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`--${flag} needs a frame, 0 or more; it is ${text}.`);
  return Number(text);
}

/** One line at a terminal that counts up; nothing in a pipe. */
function showProgress(done: number, of: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r${Math.floor((100 * done) / of)} % followed${done === of ? '\n' : ''}`);
}

interface Row {
  readonly kind: 'point' | 'line' | 'region';
  readonly name: string;
  /** Of a line or region, from 1; 0 for a point. */
  readonly vertex: number;
  readonly point: TrackedPoint;
}

function rowsOf({ names }: NamedMarks, tracked: TrackedClip): Row[] {
  const vertices = (
    kind: 'line' | 'region',
    all: readonly (readonly TrackedPoint[])[],
    of: readonly string[],
  ): Row[] =>
    all.flatMap((points, n) => points.map((point, k) => ({ kind, name: of[n] ?? '', vertex: k + 1, point })));
  return [
    ...tracked.points.map((point, n) => ({
      kind: 'point' as const,
      name: names.points[n] ?? '',
      vertex: 0,
      point,
    })),
    ...vertices('line', tracked.lines, names.lines),
    ...vertices('region', tracked.regions, names.regions),
  ];
}

/** Null where a point was lost: JSON knows no NaN. */
function numbers(values: Float64Array | Float32Array, digits: number): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : Number(value.toFixed(digits))));
}

function inJson(name: string, clip: Clip, { from, to }: TrackedClip, rows: readonly Row[]): string {
  const result = {
    clip: name,
    unit: 'px',
    frames: { from, to },
    seconds: numbers(clip.times.slice(from, to + 1), 4),
    regions: clip.regions.map(({ left, top, right, bottom, scale, refusal }) => ({
      ...{ left, top, right, bottom },
      mmPerPx: scale && { lateral: scale.lateral, axial: scale.axial },
      refusal: refusal?.message ?? null,
    })),
    tracks: rows.map(({ kind, name: of, vertex, point }) => ({
      ...{ kind, name: of, vertex },
      x: numbers(point.x, 3),
      y: numbers(point.y, 3),
      standardError: numbers(point.standardError, 3),
      confidence: numbers(point.confidence, 3),
      lost: Array.from(point.lost, (one) => one === 1),
    })),
  };
  return `${JSON.stringify(result)}\n`;
}

function inCsv(clip: Clip, { from, to }: TrackedClip, rows: readonly Row[]): string {
  const lines = ['frame,seconds,kind,name,vertex,x_px,y_px,standard_error_px,confidence,lost'];
  for (let frame = from; frame <= to; frame++)
    for (const { kind, name, vertex, point } of rows) {
      const n = frame - from;
      const number = (value = Number.NaN) => (Number.isNaN(value) ? '' : value.toFixed(3));
      lines.push(
        [
          frame,
          clip.times[frame]?.toFixed(4),
          kind,
          `"${name.replaceAll('"', '""')}"`,
          vertex,
          number(point.x[n]),
          number(point.y[n]),
          number(point.standardError[n]),
          number(point.confidence[n]),
          point.lost[n],
        ].join(','),
      );
    }
  return `${lines.join('\n')}\n`;
}
