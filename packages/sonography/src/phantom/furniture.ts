import type { Setup } from './options.ts';

/** Letters of the one word that a phantom's image carries, 5 × 7 px, a row to a number. */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  S: [0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110],
  I: [0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
  M: [0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001],
  U: [0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110],
  L: [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111],
  A: [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001],
  T: [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100],
  E: [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111],
  D: [0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110],
};
const INK = 150;

/** The dark margin: a ruler with a tick every 5 mm, a grey bar, and the word that says what this is. */
export function drawFurniture(setup: Setup): Uint8Array {
  const { width, height, field, furniture } = setup;
  const luma = new Uint8Array(width * height);
  if (!furniture) return luma;
  const box = (left: number, top: number, wide: number, tall: number, grey: (row: number) => number) => {
    for (let y = Math.max(0, top); y < Math.min(height, top + tall); y++)
      for (let x = Math.max(0, left); x < Math.min(width, left + wide); x++)
        luma[y * width + x] = grey(y - top);
  };
  const ink = () => INK;
  const right = field.left + field.width;
  for (let n = 0; n * 5 <= field.height * field.mmPerPx.axial; n++) {
    const y = field.top + Math.round((n * 5) / field.mmPerPx.axial);
    box(right + 6, y, n % 2 === 0 ? 7 : 3, 1, ink);
  }
  const bar = Math.round(field.height * 0.3);
  box(field.left - 16, field.top + 10, 8, bar, (row) => Math.round(255 * (1 - row / bar)));
  let x = field.left;
  for (const letter of 'SIMULATED') {
    LETTERS[letter]?.forEach((row, dy) => {
      for (let dx = 0; dx < 5; dx++)
        if ((row >> (4 - dx)) & 1) box(x + dx, Math.max(1, field.top - 14) + dy, 1, 1, ink);
    });
    x += 7;
  }
  return luma;
}
