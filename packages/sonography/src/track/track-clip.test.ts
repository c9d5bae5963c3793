import { describe, expect, it } from 'vitest';
import type { Clip } from '../clip.ts';
import { type PointPx, px } from '../units.ts';
import { placeAfter, smoothFrame } from './testing/smooth-frame.ts';
import { trackClip } from './track-clip.ts';

const at = (x: number, y: number): PointPx => ({ x: px(x), y: px(y) });
const [WIDTH, HEIGHT] = [200, 150];
const moveOf = (frame: number) => ({ x: 2 * Math.sin(frame), y: frame * 0.5, strain: frame * 0.004 });

const clip: Clip = {
  width: WIDTH,
  height: HEIGHT,
  frameCount: 7,
  times: Float64Array.from({ length: 7 }, (_, n) => n / 20),
  regions: [],
  frame: async (index) => smoothFrame(WIDTH, HEIGHT, 4, moveOf(index)),
};

/** Where a place of frame `from` lies in another frame. */
function truthAt(from: number, to: number, { x, y }: PointPx) {
  const move = moveOf(from);
  const home = {
    x: (x - move.x - WIDTH / 2) / (1 + move.strain) + WIDTH / 2,
    y: (y - move.y - HEIGHT / 2) / (1 + move.strain) + HEIGHT / 2,
  };
  return placeAfter(moveOf(to), WIDTH, HEIGHT, home.x, home.y);
}

const line = [at(50, 60), at(100, 75), at(150, 60)];
const region = [at(60, 50), at(140, 55), at(120, 110), at(70, 100)];

describe('a clip', () => {
  it('is followed from the marked frame both ways: points, lines and regions', async () => {
    const marks = { points: [at(80, 80)], lines: [line], regions: [region] };
    const tracked = await trackClip(clip, marks, { start: 3 });
    const all = [
      ...tracked.points.map((point, n) => ({ point, mark: marks.points[n] as PointPx })),
      ...(tracked.lines[0] ?? []).map((point, n) => ({ point, mark: line[n] as PointPx })),
      ...(tracked.regions[0] ?? []).map((point, n) => ({ point, mark: region[n] as PointPx })),
    ];
    expect(all).toHaveLength(8);
    for (const { point, mark } of all)
      for (let frame = 0; frame < clip.frameCount; frame++) {
        const truth = truthAt(3, frame, mark);
        expect(point.lost[frame]).toBe(0);
        expect(Math.hypot((point.x[frame] ?? 0) - truth.x, (point.y[frame] ?? 0) - truth.y)).toBeLessThan(
          0.12,
        );
        expect(point.confidence[frame]).toBeGreaterThan(0.8);
      }
  });

  it('tells how far it is, and stops when it is told to', async () => {
    const told: [number, number][] = [];
    const stop = new AbortController();
    const tracking = trackClip(
      clip,
      { points: [at(80, 80)] },
      {
        signal: stop.signal,
        onProgress: (done, of) => {
          told.push([done, of]);
          if (done === 3) stop.abort(new Error('enough'));
        },
      },
    );
    await expect(tracking).rejects.toThrow('enough');
    expect(told).toEqual([
      [1, 13],
      [2, 13],
      [3, 13],
    ]);
  });

  it('is refused with marks in two regions, with none, and with frames that it has not', async () => {
    const half = (left: number, right: number) => ({
      left,
      top: 0,
      right,
      bottom: 149,
      kind: 'tissue' as const,
      scale: null,
      refusal: null,
    });
    const dual = { ...clip, regions: [half(0, 99), half(100, 199)] };
    const apart = { points: [at(40, 70), at(160, 70)] };
    await expect(trackClip(dual, apart)).rejects.toMatchObject({ code: 'not-measurable' });
    await expect(trackClip(clip, {})).rejects.toMatchObject({ code: 'bad-argument' });
    await expect(trackClip(clip, apart, { to: 9 })).rejects.toMatchObject({ code: 'no-such-frame' });
    await expect(trackClip(clip, { lines: [[at(1, 1)]] })).rejects.toMatchObject({ code: 'bad-argument' });
  });
});
