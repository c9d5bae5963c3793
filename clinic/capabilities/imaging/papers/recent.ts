/** Things that were made lately, up to a size together: the longest unused goes first. */
export interface Recent<Value> {
  /** What is known under `key`, or what `make` gives. Those who ask at once for the same thing wait for one making. */
  get(key: string, make: () => Promise<Value>): Promise<Value>;
}

/** @param limit sizes as `sizeOf` counts them; something larger than all of it is given out and not kept */
export function createRecent<Value>(limit: number, sizeOf: (value: Value) => number): Recent<Value> {
  const kept = new Map<string, { readonly value: Value; readonly size: number }>();
  const making = new Map<string, Promise<Value>>();
  let used = 0;
  const keep = (key: string, value: Value) => {
    const size = sizeOf(value);
    if (size > limit) return;
    kept.set(key, { value, size });
    used += size;
    for (const [oldest, { size: freed }] of kept) {
      if (used <= limit) break;
      kept.delete(oldest);
      used -= freed;
    }
  };
  return {
    async get(key, make) {
      const known = kept.get(key);
      if (known) {
        // The map remembers the order in which its entries were set.
        kept.delete(key);
        kept.set(key, known);
        return known.value;
      }
      const begun = making.get(key) ?? make();
      if (making.get(key) !== begun) {
        making.set(key, begun);
        begun
          .then(
            (value) => keep(key, value),
            () => undefined,
          )
          .finally(() => making.delete(key));
      }
      return begun;
    },
  };
}
