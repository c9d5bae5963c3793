import type { ImagePlace, Pane } from '../../viewer/client/contracts.ts';

const SIZE = 128;
const ENLARGED = 3;
/** So far above the finger that it hides nothing. */
const ABOVE = 96;

let canvas: HTMLCanvasElement | null = null;

/** A finger hides what it points at: the tissue under it is shown enlarged above it. A mouse needs none. */
export function drawLoupe(pane: Pane, place: ImagePlace, event: PointerEvent): void {
  if (event.pointerType === 'mouse' || !pane.picture) return;
  canvas ??= document.body.appendChild(newCanvas());
  const half = SIZE / 2 / ENLARGED / Math.max(0.2, pane.zoom);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = '#000';
  context.fillRect(0, 0, SIZE, SIZE);
  context.drawImage(
    pane.picture,
    ...([place.x - half + 0.5, place.y - half + 0.5, 2 * half, 2 * half] as const),
    ...([0, 0, SIZE, SIZE] as const),
  );
  context.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--cursor') || '#fff';
  context.beginPath();
  for (const [x, y, toX, toY] of [
    [SIZE / 2, 8, SIZE / 2, SIZE / 2 - 6],
    [SIZE / 2, SIZE / 2 + 6, SIZE / 2, SIZE - 8],
    [8, SIZE / 2, SIZE / 2 - 6, SIZE / 2],
    [SIZE / 2 + 6, SIZE / 2, SIZE - 8, SIZE / 2],
  ] as const) {
    context.moveTo(x, y);
    context.lineTo(toX, toY);
  }
  context.stroke();
  const left = Math.min(innerWidth - SIZE - 8, Math.max(8, event.clientX - SIZE / 2));
  const top = event.clientY - ABOVE - SIZE > 8 ? event.clientY - ABOVE - SIZE : event.clientY + ABOVE / 2;
  canvas.style.left = `${left}px`;
  canvas.style.top = `${top}px`;
  canvas.hidden = false;
}

export function hideLoupe(): void {
  if (canvas) canvas.hidden = true;
}

function newCanvas(): HTMLCanvasElement {
  const made = document.createElement('canvas');
  made.width = SIZE;
  made.height = SIZE;
  made.className = 'loupe';
  made.setAttribute('aria-hidden', 'true');
  return made;
}
