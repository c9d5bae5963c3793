import type { Clip, LumaFrame, Picture, Region } from '@rectus/sonography';
import { renderPicture, shrinkPicture } from '../../imaging/index.ts';
import { CaseError } from './case-error.ts';
import type { Area, CasePicture } from './case-records.ts';

/** All pictures of a case together, in bytes: what a phone loads. */
export const LARGEST_CASE = 600_000;
/** Pictures of one clip. */
export const MOST_PICTURES = 24;
const FEWEST_PICTURES = 12;
const WIDEST = 480;
const NARROWER = 360;
const QUALITIES = [78, 70, 60, 50, 40] as const;

/** Which frames are shown, and what is hidden in them. Frames count from 0. */
export interface FrameChoice {
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly restFrame: number;
  readonly contractionFrame: number;
  readonly blacked: readonly Area[];
}

/** What the curve says at each frame of the clip. */
export interface FrameCurve {
  readonly values: readonly (number | null)[];
  readonly standardErrors: readonly (number | null)[];
}

export interface RenderedClip {
  /** JPEG files one after the other. */
  readonly bytes: Buffer;
  readonly pictures: readonly CasePicture[];
  readonly width: number;
  readonly height: number;
}

/**
 * Makes the pictures of a case anew from the grey values of the chosen frames: cut to the ultrasound's own area, black
 * outside of its regions and where somebody asked for it, no wider than a phone needs, and within `budget` bytes. Nothing
 * else of the file comes along.
 *
 * @throws CaseError where the frames cannot be fitted into the budget
 * @throws SonographyError where a frame cannot be decoded
 */
export async function renderClip(
  clip: Clip,
  choice: FrameChoice,
  curve: FrameCurve | null,
  budget: number,
): Promise<RenderedClip> {
  checkFrames(clip, choice);
  for (const [most, width] of [
    [MOST_PICTURES, WIDEST],
    [FEWEST_PICTURES, WIDEST],
    [FEWEST_PICTURES, NARROWER],
  ] as const) {
    const frames = spread(choice, most);
    const plain: Picture[] = [];
    for (const frame of frames)
      plain.push(shrinkPicture(onlyTissue(await clip.frame(frame), clip.regions, choice.blacked), width));
    for (const quality of QUALITIES) {
      const files: Buffer[] = [];
      for (const picture of plain) files.push(await renderPicture(picture, { type: 'image/jpeg', quality }));
      if (files.reduce((sum, file) => sum + file.length, 0) > budget) continue;
      const { width = 0, height = 0 } = plain[0] ?? {};
      return { bytes: Buffer.concat(files), pictures: indexOf(clip, frames, files, curve), width, height };
    }
  }
  throw new CaseError('These pictures are too large for a telephone. Choose fewer frames.');
}

function checkFrames(clip: Clip, choice: FrameChoice): void {
  const { firstFrame, lastFrame, restFrame, contractionFrame } = choice;
  const within = (frame: number) => frame >= firstFrame && frame <= lastFrame;
  if (firstFrame < 0 || lastFrame >= clip.frameCount || lastFrame < firstFrame)
    throw new CaseError(`The frames must lie between 1 and ${clip.frameCount}, the first before the last.`);
  if (!within(restFrame) || !within(contractionFrame))
    throw new CaseError('Rest and contraction must lie among the frames that are shown.');
}

/** At most so many frames, evenly spread, with the ones that stand for rest and contraction among them. */
export function spread(choice: Omit<FrameChoice, 'blacked'>, most: number): readonly number[] {
  const { firstFrame, lastFrame, restFrame, contractionFrame } = choice;
  const all = lastFrame - firstFrame + 1;
  const fixed = new Set([firstFrame, lastFrame, restFrame, contractionFrame]);
  const count = Math.min(all, most);
  const frames = Array.from({ length: count }, (_, n) =>
    Math.round(firstFrame + (n * (lastFrame - firstFrame)) / Math.max(1, count - 1)),
  );
  for (const frame of fixed) {
    if (frames.includes(frame)) continue;
    const free = frames.map((other, at) => ({
      at,
      far: fixed.has(other) ? Number.POSITIVE_INFINITY : Math.abs(other - frame),
    }));
    const nearest = free.reduce((best, one) => (one.far < best.far ? one : best));
    frames[nearest.at] = frame;
  }
  return [...new Set(frames)].sort((a, b) => a - b);
}

/** The part of a frame that is ultrasound, black wherever it is not. */
export function onlyTissue(frame: LumaFrame, regions: readonly Region[], blacked: readonly Area[]): Picture {
  const shown = shownAreas(frame, regions);
  const left = Math.min(...shown.map((area) => area[0]));
  const top = Math.min(...shown.map((area) => area[1]));
  const width = Math.max(...shown.map((area) => area[2])) - left + 1;
  const height = Math.max(...shown.map((area) => area[3])) - top + 1;
  const samples = new Uint8Array(width * height);
  for (const [fromX, fromY, toX, toY] of shown)
    for (let y = fromY; y <= toY; y++)
      samples.set(
        frame.luma.subarray(y * frame.width + fromX, y * frame.width + toX + 1),
        (y - top) * width + fromX - left,
      );
  for (const [fromX, fromY, toX, toY] of blacked)
    for (let y = Math.max(fromY, top); y <= Math.min(toY, top + height - 1); y++)
      samples.fill(
        0,
        (y - top) * width + Math.min(width, Math.max(0, fromX - left)),
        (y - top) * width + Math.min(width, Math.max(0, toX - left + 1)),
      );
  return { width, height, channels: 1, bits: 8, samples };
}

/** Whether the file says where its picture lies. Where it does not, all of it is shown, writing too. */
export function knowsItsArea(clip: Pick<Clip, 'regions'>): boolean {
  return clip.regions.some(isPicture);
}

function isPicture({ kind }: Region): boolean {
  return kind === 'tissue' || kind === 'colour-flow';
}

function shownAreas({ width, height }: LumaFrame, regions: readonly Region[]): readonly Area[] {
  const areas = regions.filter(isPicture).flatMap((region): readonly Area[] => {
    const area = [
      Math.max(0, Math.ceil(region.left)),
      Math.max(0, Math.ceil(region.top)),
      Math.min(width - 1, Math.floor(region.right)),
      Math.min(height - 1, Math.floor(region.bottom)),
    ] as const;
    return area[2] >= area[0] && area[3] >= area[1] ? [area] : [];
  });
  return areas.length > 0 ? areas : [[0, 0, width - 1, height - 1]];
}

function indexOf(
  clip: Clip,
  frames: readonly number[],
  files: readonly Buffer[],
  curve: FrameCurve | null,
): readonly CasePicture[] {
  let offset = 0;
  return frames.map((frame, at) => {
    const length = files[at]?.length ?? 0;
    offset += length;
    return {
      frame,
      time: rounded(clip.times[frame] ?? 0),
      offset: offset - length,
      length,
      value: rounded(curve?.values[frame] ?? null),
      standardError: rounded(curve?.standardErrors[frame] ?? null),
    };
  });
}

function rounded<T extends number | null>(value: T): T {
  return (value === null || !Number.isFinite(value) ? null : Math.round(value * 1000) / 1000) as T;
}
