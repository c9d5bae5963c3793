/** What a page does that is no more than a browser needs. */
export interface BareTimes {
  /** From asking the server to the first frame that was painted. */
  readonly firstMs: number;
  /** Decoding and drawing one frame, on average. */
  readonly decodeMs: number;
}

/** When the first picture was seen, from the start of the navigation. */
export interface FirstPicture {
  readonly paintedMs: number;
  /** When a script drew it. */
  readonly drawnMs: number;
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
      const drawnMs = performance.now();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          Object.assign(globalThis, { firstPicture: { paintedMs: performance.now(), drawnMs } });
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

/**
 * Runs in a page without anything: two canvases of the viewer's size that show pictures which were decoded before, at a
 * rate, for so long. Counts the moments at which the browser let no frame be drawn in time, in both.
 */
export async function barePlay(of: {
  readonly rate: number;
  readonly frames: number;
  readonly ms: number;
}): Promise<{ due: number; dropped: number }> {
  const pictures: ImageBitmap[] = [];
  for (let at = 0; at < of.frames; at++) {
    const pixels = new Uint8ClampedArray(975 * 743 * 4).map((_, index) => (index * (at + 7)) % 251);
    pictures.push(await createImageBitmap(new ImageData(pixels, 975, 743)));
  }
  const contexts = [0, 1].map(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [472, 360];
    document.body.append(canvas);
    return canvas.getContext('2d', { alpha: false });
  });
  return new Promise((resolve) => {
    let [begun, last, due, dropped] = [0, 0, 0, 0];
    const tick = (now: number): void => {
      begun ||= now;
      const frame = Math.floor(((now - begun) / 1000) * of.rate);
      if (frame > last) {
        due += 2 * (frame - last);
        dropped += 2 * (frame - last - 1);
        const picture = pictures[frame % pictures.length];
        for (const context of contexts) if (picture) context?.drawImage(picture, 0, 0, 472, 360);
        last = frame;
      }
      if (now - begun < of.ms) requestAnimationFrame(tick);
      else resolve({ due, dropped });
    };
    requestAnimationFrame(tick);
  });
}
