/** Keeps what was used last, up to a size. */
export interface BoundedCache<Value> {
  get(key: number): Value | undefined;
  has(key: number): boolean;
  set(key: number, value: Value): void;
  clear(): void;
  readonly size: number;
  readonly count: number;
}

/**
 * A cache of values by number that holds `limit` at most, each as large as `sizeOf` says; what was used longest ago goes
 * first. The newest stays even where it alone is larger.
 */
export function boundedCache<Value>(
  limit: number,
  sizeOf: (value: Value) => number,
  letGo: (value: Value) => void = () => {},
): BoundedCache<Value> {
  const kept = new Map<number, Value>();
  let size = 0;
  const drop = (key: number): void => {
    const value = kept.get(key);
    if (value === undefined) return;
    kept.delete(key);
    size -= sizeOf(value);
    letGo(value);
  };
  return {
    get size() {
      return size;
    },
    get count() {
      return kept.size;
    },
    has: (key) => kept.has(key),
    get(key) {
      const value = kept.get(key);
      if (value === undefined) return undefined;
      // A map keeps the order in which keys came: the last is the one that was used last.
      kept.delete(key);
      kept.set(key, value);
      return value;
    },
    set(key, value) {
      if (kept.get(key) === value) return;
      drop(key);
      kept.set(key, value);
      size += sizeOf(value);
      for (const oldest of kept.keys()) {
        if (size <= limit || oldest === key) break;
        drop(oldest);
      }
    },
    clear() {
      for (const key of [...kept.keys()]) drop(key);
    },
  };
}
