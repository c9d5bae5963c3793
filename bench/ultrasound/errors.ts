import {
  createTracker,
  makePhantom,
  type Phantom,
  type PhantomOptions,
  type PointPx,
  px,
  type TrackerOptions,
} from '@rectus/sonography';

/** What tracking erred by on one phantom, against the truth since frame 0. */
export interface Errors {
  /** px, one for each point and frame that was followed. */
  readonly accumulated: number[];
  /** px: what each frame added. */
  readonly steps: number[];
  /** Error along each axis over the standard error that was told. */
  readonly ratios: number[];
  /** Points and frames with something to follow, and how many of them were called lost. */
  readonly visible: number;
  readonly falselyLost: number;
  readonly frames: number;
  /** Along the beam. */
  readonly mmPerPx: number;
}

/** Follows marks through a phantom; by default a grid of 400 over its tissue. */
export function errorsOn(
  options: PhantomOptions,
  marksOf: (phantom: Phantom) => readonly PointPx[] = (phantom) => gridOver(phantom, 400),
  tracking: TrackerOptions = { mostSupports: 0 },
): Errors {
  const phantom = makePhantom(options);
  const marks = marksOf(phantom);
  const bounds = phantom.clip.regions[0];
  const tracker = createTracker(phantom.frameAt(0), marks, { ...(bounds && { bounds }), ...tracking });
  const found: Pick<Errors, 'accumulated' | 'steps' | 'ratios'> = {
    accumulated: [],
    steps: [],
    ratios: [],
  };
  const before = marks.map(() => ({ x: 0, y: 0 }));
  let visible = 0;
  let falselyLost = 0;
  for (let frame = 1; frame < phantom.clip.frameCount; frame++) {
    tracker.step(phantom.frameAt(frame)).forEach((state, n) => {
      const truth = phantom.truth.at(frame, marks[n] as PointPx);
      if (truth === 'lost') return;
      visible += 1;
      if (state.lost) {
        falselyLost += 1;
        return;
      }
      const error = { x: state.x - truth.x, y: state.y - truth.y };
      const last = before[n] as { x: number; y: number };
      found.accumulated.push(Math.hypot(error.x, error.y));
      found.steps.push(Math.hypot(error.x - last.x, error.y - last.y));
      found.ratios.push(error.x / state.standardError, error.y / state.standardError);
      before[n] = error;
    });
  }
  const mmPerPx = bounds?.scale?.axial ?? Number.NaN;
  return { ...found, visible, falselyLost, frames: phantom.clip.frameCount, mmPerPx };
}

/** About so many places, evenly spread over the tissue of a phantom's field, a window away from its edge. */
export function gridOver(phantom: Phantom, count: number): PointPx[] {
  const region = phantom.clip.regions[0];
  if (!region) throw new Error('a phantom has a region');
  const [left, right] = [region.left + 40, region.right - 40];
  const [top, bottom] = [region.top + 30, region.bottom - 30];
  const spacing = Math.sqrt(((right - left) * (bottom - top)) / count);
  const marks: PointPx[] = [];
  for (let y = top; y <= bottom; y += spacing)
    for (let x = left; x <= right; x += spacing) {
      const mark = { x: px(x), y: px(y) };
      if (phantom.truth.at(0, mark) !== 'lost') marks.push(mark);
    }
  return marks;
}

export function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, one) => sum + one * one, 0) / values.length);
}
