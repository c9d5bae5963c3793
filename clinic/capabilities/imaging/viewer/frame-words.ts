const PLACES = 2;

/** "frame 15 · 0.60 s": frames are counted from nought, seconds from the clip's first frame. */
export function frameWords(frame: number, seconds: number): string {
  return `frame ${frame} · ${seconds.toFixed(PLACES)} s`;
}

/** "+1.52 s", "−0.40 s", "0.00 s". */
export function offsetWords(seconds: number): string {
  const size = Math.abs(seconds).toFixed(PLACES);
  const sign = Number(size) === 0 ? '' : seconds > 0 ? '+' : '−';
  return `${sign}${size} s`;
}

/** "25 frames/s", or with one decimal where that is not a whole number. */
export function rateWords(framesPerSecond: number): string {
  const rounded = Math.round(framesPerSecond * 10) / 10;
  return `${rounded} frames/s`;
}

/** "none dropped", "3 dropped of 412". */
export function droppedWords({ due, dropped }: { readonly due: number; readonly dropped: number }): string {
  return dropped === 0 ? 'none dropped' : `${dropped} dropped of ${due}`;
}
