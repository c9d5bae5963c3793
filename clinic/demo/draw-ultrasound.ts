import {
  type Clip,
  clipOfLuma,
  type LumaFrame,
  makePhantom,
  type Phantom,
  type PointPx,
} from '@rectus/sonography';
import { type Analysed, analyseClip, type StoredMarks, toolOf } from '../capabilities/imaging/index.ts';
import type { ClipPlan, UltrasoundStory } from './ultrasound-story.ts';

/** A simulated clip in memory, and what following its marks gave. */
export interface DrawnClip {
  readonly plan: ClipPlan;
  readonly clip: Clip;
  readonly measured: { readonly marks: StoredMarks; readonly analysed: Analysed } | null;
}

/** How far apart two marks of one border stand, mm. */
const BORDER_MM = 3;

/** Draws and measures every clip of a story, before anything of it is written. */
export async function drawUltrasound(story: UltrasoundStory | null): Promise<readonly DrawnClip[]> {
  if (!story) return [];
  const drawn: DrawnClip[] = [];
  for (const plan of [...story.exams.flatMap(({ clips }) => clips), story.waiting.clip])
    drawn.push(await draw(plan));
  return drawn;
}

async function draw(plan: ClipPlan): Promise<DrawnClip> {
  const { width, height, frameRate, activation, seed } = plan;
  const phantom = makePhantom({ scene: plan.scene(), width, height, frameRate, activation, seed });
  const frames: LumaFrame[] = [];
  for (const at of activation.keys()) {
    frames.push(phantom.frameAt(at));
    // A page that somebody opens meanwhile need not wait for all of them.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { times, regions } = phantom.clip;
  const clip: Clip = { ...clipOfLuma(frames, times), regions };
  return { plan, clip, measured: await measure(plan, phantom, clip) };
}

async function measure(plan: ClipPlan, phantom: Phantom, clip: Clip): Promise<DrawnClip['measured']> {
  const tool = plan.tool && toolOf(plan.tool);
  if (!tool) return null;
  const set = plan.tool === 'gap' ? muscleEnds(phantom) : borders(phantom, clip);
  const points = tool.complete?.(set, clip.regions) ?? set;
  const marks: StoredMarks = { frame: 0, points: points.map(({ x, y }) => ({ x, y })), asked: {} };
  const of = { tool, frame: 0, places: marks.points, asked: {}, hasSetScale: false };
  return { marks, analysed: await analyseClip(clip, of, () => {}) };
}

function muscleEnds(phantom: Phantom): readonly PointPx[] {
  return [landmark(phantom, 'proximal end'), landmark(phantom, 'distal end')];
}

/** Two marks on each border of the abdominal wall, from the outside in, around the place 1 cm from the muscle's end. */
function borders(phantom: Phantom, { regions: [region] }: Clip): readonly { x: number; y: number }[] {
  const along = BORDER_MM / (region?.scale?.lateral ?? 1);
  return [
    'externus, outer border',
    'internus, outer border',
    'transversus, outer border',
    'transversus, inner border',
  ].flatMap((name) => {
    const { x, y } = landmark(phantom, name);
    return [
      { x, y },
      { x: x + along, y },
    ];
  });
}

function landmark({ truth }: Phantom, name: string): PointPx {
  const found = truth.landmarks[name];
  if (!found) throw new Error(`The scene has no ${name}`);
  return found;
}
