import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRoom } from './room.ts';

it('room is never given out twice, everybody gets in, and in the order of asking', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(sizes, async (asked) => {
      const room = createRoom(100);
      let [used, most] = [0, 0];
      const order: number[] = [];
      const work = asked.map((size, n) =>
        room.with(size, async () => {
          order.push(n);
          used += Math.min(size, 100);
          most = Math.max(most, used);
          await new Promise((resolve) => setImmediate(resolve));
          used -= Math.min(size, 100);
          if (n % 3 === 0) throw new Error('it went wrong');
        }),
      );
      await Promise.allSettled(work);
      expect(order).toEqual(asked.map((_, n) => n));
      expect(most).toBeLessThanOrEqual(100);
    }),
    { numRuns: 50 },
  );
});
