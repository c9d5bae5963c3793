/** Room that several share: who needs some of it waits until there is enough. */
export interface Room {
  /** Does something that needs so much, in the order of asking. More than there ever is counts as all of it. */
  with<Result>(size: number, work: () => Promise<Result>): Promise<Result>;
}

export function createRoom(most: number): Room {
  let used = 0;
  const waiting: { readonly size: number; readonly go: () => void }[] = [];
  const letIn = () => {
    for (let next = waiting[0]; next && used + next.size <= most; next = waiting[0]) {
      waiting.shift();
      used += next.size;
      next.go();
    }
  };
  return {
    async with(size, work) {
      const needed = Math.min(size, most);
      await new Promise<void>((go) => {
        waiting.push({ size: needed, go });
        letIn();
      });
      try {
        return await work();
      } finally {
        used -= needed;
        letIn();
      }
    },
  };
}
