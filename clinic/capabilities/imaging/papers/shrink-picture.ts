import type { Picture } from '@rectus/sonography';

/**
 * The picture no wider than `maxWidth` pixels, its sides in the same proportion. Each new pixel is the mean of those that
 * it covers, so that speckle does not turn into a pattern. A picture that is narrow enough stays as it is.
 */
export function shrinkPicture(picture: Picture, maxWidth: number): Picture {
  const { width, height, channels } = picture;
  if (!(maxWidth >= 1) || width <= maxWidth) return picture;
  const to = { width: Math.floor(maxWidth), height: Math.max(1, Math.round((height * maxWidth) / width)) };
  const [columns, rows] = [spans(width, to.width), spans(height, to.height)];
  const samples = new Uint8Array(to.width * to.height * channels);
  let at = 0;
  for (const row of rows)
    for (const column of columns)
      for (let channel = 0; channel < channels; channel++)
        samples[at++] = mean(picture, row, column, channel);
  return { ...to, channels, bits: 8, samples };
}

interface Span {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Which pixels of a side each pixel of the shorter side covers: at least one. */
function spans(length: number, count: number): readonly Span[] {
  return Array.from({ length: count }, (_, n) => {
    const from = Math.floor((n * length) / count);
    return { from, to: Math.max(from + 1, Math.floor(((n + 1) * length) / count)) };
  });
}

function mean({ width, channels, samples }: Picture, row: Span, column: Span, channel: number): number {
  let sum = 0;
  for (let y = row.from; y < row.to; y++)
    for (let x = column.from; x < column.to; x++) sum += samples[(y * width + x) * channels + channel] ?? 0;
  return Math.round(sum / ((row.to - row.from) * (column.to - column.from)));
}
