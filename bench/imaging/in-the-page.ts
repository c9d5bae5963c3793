/** What a page does that is no more than a browser needs. */
export interface BareTimes {
  /** From asking the server to the first frame that was painted. */
  readonly firstMs: number;
  /** Decoding and drawing one frame, on average. */
  readonly decodeMs: number;
}

/** Runs in the page: the first picture that a script draws, and then the frame of the screen in which it was painted. */
export function noteFirstPicture(): void {
  const prototype = CanvasRenderingContext2D.prototype;
  const draw = prototype.drawImage as (...given: unknown[]) => void;
  let drawn = false;
  Object.defineProperty(prototype, 'drawImage', {
    value(this: CanvasRenderingContext2D, ...given: unknown[]) {
      draw.apply(this, given);
      if (drawn) return;
      drawn = true;
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          (globalThis as unknown as { firstPictureMs: number }).firstPictureMs = performance.now();
        }),
      );
    },
  });
}

/** Runs in a page without anything: fetches one frame and shows it, then all of them. */
export async function bareTimes({ href, frames }: { href: string; frames: number }): Promise<BareTimes> {
  const LENGTH_BYTES = 4;
  const fetched = async (from: number, to: number): Promise<Blob[]> => {
    const bytes = await (await fetch(`${href}?from=${from}&to=${to}&bare`)).arrayBuffer();
    const view = new DataView(bytes);
    const found: Blob[] = [];
    for (let at = 0; at < bytes.byteLength; ) {
      const length = view.getUint32(at, true);
      found.push(
        new Blob([bytes.slice(at + LENGTH_BYTES, at + LENGTH_BYTES + length)], { type: 'image/jpeg' }),
      );
      at += LENGTH_BYTES + length;
    }
    return found;
  };
  const canvas = new OffscreenCanvas(975, 743);
  const context = canvas.getContext('2d');
  const show = async (blob: Blob): Promise<void> => {
    const bitmap = await createImageBitmap(blob);
    context?.drawImage(bitmap, 0, 0);
    bitmap.close();
  };
  const begun = performance.now();
  const [first] = await fetched(0, 0);
  if (first) await show(first);
  const firstMs = performance.now() - begun;
  const all = await fetched(0, frames - 1);
  const started = performance.now();
  for (const blob of all) await show(blob);
  return { firstMs, decodeMs: (performance.now() - started) / all.length };
}
