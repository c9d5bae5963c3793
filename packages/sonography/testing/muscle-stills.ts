import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import type { LumaFrame, Region } from '../src/clip.ts';
import { ULTRASOUND_DATA, ultrasoundFile } from './shared-data.ts';

const FOLDER = ['muscle', 'pennation'] as const;

/** The scale of these pictures, read off their rulers by those who published them: 115.25 px to the centimetre. */
export const MM_PER_PX = 10 / 115.25;

/** What the observers measured by hand, averaged. */
export interface ObservedMuscle {
  readonly name: string;
  readonly pennationDeg: number;
  readonly fascicleLengthMm: number;
  readonly thicknessMm: number;
}

/** Every picture with the mean of its observers, in the order of their names. */
export function observedMuscles(): ObservedMuscle[] {
  const rows = new TextDecoder()
    .decode(ultrasoundFile(...FOLDER, 'manual_estimates.tsv'))
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split('\t'));
  const names = readdirSync(join(ULTRASOUND_DATA, ...FOLDER)).filter((name) => name.endsWith('.png'));
  return names.sort().map((name) => {
    const own = rows.filter(([image]) => image === name);
    const mean = (column: number) => own.reduce((sum, row) => sum + Number(row[column]), 0) / own.length;
    return { name, pennationDeg: mean(2), fascicleLengthMm: 10 * mean(3), thicknessMm: mean(4) };
  });
}

/** One of the pictures as luma. */
export function muscleStill(name: string): LumaFrame {
  const { width, height, data, channels } = decode(ultrasoundFile(...FOLDER, name));
  const luma = new Uint8Array(width * height);
  for (let at = 0; at < luma.length; at++) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at * channels, at * channels + 3);
    luma[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return { width, height, luma };
}

/** The whole frame as one region with one scale. */
export function regionOfStill({ width, height }: LumaFrame, mmPerPx = MM_PER_PX): Region {
  return {
    ...{ left: 0, top: 0, right: width - 1, bottom: height - 1, kind: 'tissue', refusal: null },
    scale: { lateral: mmPerPx, axial: mmPerPx, relativeError: 0.005 },
  };
}

/** Root of the mean square of differences. */
export function rootMeanSquare(differences: readonly number[]): number {
  return Math.sqrt(differences.reduce((sum, value) => sum + value * value, 0) / differences.length);
}

/** A picture taken differently: what a program must not mind. */
export const DISGUISES = {
  mirrored: ({ width, height, luma }: LumaFrame) => ({
    width,
    height,
    luma: luma.map((_, at) => luma[at - (at % width) + (width - 1 - (at % width))] ?? 0),
  }),
  'gamma 0.7': (frame: LumaFrame) => toned(frame, (value) => 255 * (value / 255) ** 0.7),
  'gamma 1.5': (frame: LumaFrame) => toned(frame, (value) => 255 * (value / 255) ** 1.5),
  darker: (frame: LumaFrame) => toned(frame, (value) => 0.6 * value),
  'over-gained': (frame: LumaFrame) => toned(frame, (value) => 1.5 * value + 20),
  cropped: ({ width, luma }: LumaFrame) => {
    const [left, top, right, bottom] = [60, 90, 800, 500];
    const across = right - left;
    return {
      width: across,
      height: bottom - top,
      luma: Uint8Array.from(
        { length: across * (bottom - top) },
        (_, at) => luma[(top + Math.floor(at / across)) * width + left + (at % across)] ?? 0,
      ),
    };
  },
} satisfies Readonly<Record<string, (frame: LumaFrame) => LumaFrame>>;

/** The picture at another size, each new pixel the mean of what it covers. */
export function resized(frame: LumaFrame, factor: number): LumaFrame {
  const width = Math.round(frame.width * factor);
  const height = Math.round(frame.height * factor);
  const samples = Math.max(1, Math.ceil(1 / factor));
  const luma = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let j = 0; j < samples; j++)
        for (let i = 0; i < samples; i++)
          sum += between(
            frame,
            (x + (i + 0.5) / samples) / factor - 0.5,
            (y + (j + 0.5) / samples) / factor - 0.5,
          );
      luma[y * width + x] = Math.round(sum / samples ** 2);
    }
  return { width, height, luma };
}

function between({ width, height, luma }: LumaFrame, x: number, y: number): number {
  const left = Math.max(0, Math.min(width - 2, Math.floor(x)));
  const top = Math.max(0, Math.min(height - 2, Math.floor(y)));
  const [across, down] = [Math.min(1, Math.max(0, x - left)), Math.min(1, Math.max(0, y - top))];
  const value = (dx: number, dy: number) => luma[(top + dy) * width + left + dx] ?? 0;
  return (
    (value(0, 0) * (1 - across) + value(1, 0) * across) * (1 - down) +
    (value(0, 1) * (1 - across) + value(1, 1) * across) * down
  );
}

function toned(frame: LumaFrame, tone: (value: number) => number): LumaFrame {
  return { ...frame, luma: frame.luma.map((value) => Math.min(255, Math.max(0, Math.round(tone(value))))) };
}
