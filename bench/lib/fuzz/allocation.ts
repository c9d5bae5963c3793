import { GCProfiler, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Memory that some work took, in bytes. */
export interface Allocated {
  /** Every array buffer that was ever made, and the most of the heap that was in use when garbage had been collected. */
  readonly needed: number;
  /** All that was ever allocated, with every number that was garbage a moment later. */
  readonly inAll: number;
}

/** Runs the work and tells what it took. Slow: garbage is collected before and after. */
export async function allocatedBy<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly value: T; readonly allocated: Allocated }> {
  collectGarbage();
  const before = process.memoryUsage();
  const profiler = new GCProfiler();
  profiler.start();
  const value = await work();
  const collections = profiler.stop()?.statistics ?? [];
  const after = process.memoryUsage();
  collectGarbage();
  const alive = process.memoryUsage().heapUsed;
  let [freedHeap, freedBuffers, most] = [0, 0, alive];
  for (const { beforeGC, afterGC } of collections) {
    const [had, has] = [beforeGC.heapStatistics, afterGC.heapStatistics];
    freedHeap += Math.max(0, had.usedHeapSize - has.usedHeapSize);
    freedBuffers += Math.max(0, had.externalMemory - has.externalMemory);
    most = Math.max(most, has.usedHeapSize);
  }
  const buffers = after.external - before.external + freedBuffers;
  return {
    value,
    allocated: {
      needed: buffers + Math.max(0, most - before.heapUsed),
      inAll: buffers + after.heapUsed - before.heapUsed + freedHeap,
    },
  };
}
