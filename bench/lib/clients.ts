/** Works through the items with so many clients at once, each taking the next item as soon as it is free. */
export async function withClients<T, R>(
  count: number,
  items: readonly T[],
  work: (item: T, client: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const client = async (number: number) => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T, number);
  };
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, (_, number) => client(number)));
  return results;
}
