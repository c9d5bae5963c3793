import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fit, panBy, toPicture, toStage, zoomAt } from './picture-view.ts';

const side = fc.integer({ min: 40, max: 1600 });
const size = fc.record({ width: side, height: side });
const place = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
});
const factor = fc.double({ min: 0.2, max: 8, noNaN: true });

it('the whole picture lies in the middle of its stage', () => {
  fc.assert(
    fc.property(size, size, (picture, stage) => {
      const { zoom, x, y } = fit(picture, stage);
      expect(2 * x + picture.width * zoom).toBeCloseTo(stage.width, 6);
      expect(2 * y + picture.height * zoom).toBeCloseTo(stage.height, 6);
      expect(Math.min(x, y)).toBeCloseTo(0, 6);
    }),
  );
});

it('a place goes to the stage and comes back; the first pixel is half a pixel from the corner', () => {
  fc.assert(
    fc.property(size, size, place, factor, (picture, stage, share, by) => {
      const at = { x: share.x * stage.width, y: share.y * stage.height };
      const view = zoomAt(fit(picture, stage), by, at, picture, stage);
      const back = toStage(view, toPicture(view, at));
      expect(back.x).toBeCloseTo(at.x, 6);
      expect(back.y).toBeCloseTo(at.y, 6);
    }),
  );
  expect(toStage({ zoom: 2, x: 10, y: 20 }, { x: 0, y: 0 })).toEqual({ x: 11, y: 21 });
});

it('what lies under the pointer stays there while zooming in, unless an edge would come in', () => {
  fc.assert(
    fc.property(size, place, (picture, share) => {
      const stage = picture;
      const at = { x: share.x * stage.width, y: share.y * stage.height };
      const before = fit(picture, stage);
      const after = zoomAt(before, 3, at, picture, stage);
      const was = toPicture(before, at);
      const is = toPicture(after, at);
      expect(is.x).toBeCloseTo(was.x, 6);
      expect(is.y).toBeCloseTo(was.y, 6);
    }),
  );
});

it('however it is zoomed and moved, no edge comes in where there is more of the picture, and it is never smaller than whole', () => {
  const moves = fc.array(
    fc.tuple(factor, place, fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 })),
    {
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(size, size, moves, (picture, stage, all) => {
      const whole = fit(picture, stage);
      let view = whole;
      for (const [by, share, x, y] of all) {
        const at = { x: share.x * stage.width, y: share.y * stage.height };
        view = panBy(zoomAt(view, by, at, picture, stage), { x, y }, picture, stage);
      }
      expect(view.zoom).toBeGreaterThanOrEqual(whole.zoom * (1 - 1e-9));
      for (const [start, length, room] of [
        [view.x, picture.width * view.zoom, stage.width],
        [view.y, picture.height * view.zoom, stage.height],
      ] as const) {
        if (length <= room) expect(start).toBeCloseTo((room - length) / 2, 6);
        else {
          expect(start).toBeLessThanOrEqual(1e-6);
          expect(start + length).toBeGreaterThanOrEqual(room - 1e-6);
        }
      }
    }),
  );
});
