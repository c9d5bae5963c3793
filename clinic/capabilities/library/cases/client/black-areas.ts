interface Shown {
  readonly id: string;
  readonly src: string;
  readonly width: number;
  readonly height: number;
}
type Corner = readonly [number, number];

const LINE = /^\s*(\d{1,5})\s*[,; ]\s*(\d{1,5})\s*[,; ]\s*(\d{1,5})\s*[,; ]\s*(\d{1,5})\s*$/;
const SVG = 'http://www.w3.org/2000/svg';
/** A press without a drag makes nothing black. */
const SMALLEST_PX = 4;

/** Areas to be made black are drawn on the stored frame. The lines of numbers below it stay what is sent. */
export function connectBlackAreas(part: HTMLElement): void {
  const form = part.closest('form');
  const choice = form?.elements.namedItem('instance');
  const lines = form?.elements.namedItem('blacked');
  const image = part.querySelector('img');
  const svg = part.querySelector('svg');
  if (!(choice instanceof HTMLSelectElement && lines instanceof HTMLTextAreaElement && image && svg)) return;
  const clips = JSON.parse(part.dataset.black ?? '[]') as readonly Shown[];
  const show = () => {
    const clip = clips.find(({ id }) => id === choice.value) ?? clips[0];
    part.hidden = !clip;
    if (!clip) return;
    image.src = clip.src;
    svg.setAttribute('viewBox', `0 0 ${clip.width} ${clip.height}`);
  };
  const draw = () => svg.replaceChildren(...areasOf(lines.value).map(rectOf));
  const write = (text: string) => {
    lines.value = text;
    draw();
  };
  choice.addEventListener('change', show);
  lines.addEventListener('input', draw);
  part.querySelector('button')?.addEventListener('click', () => {
    write(lines.value.trimEnd().split('\n').slice(0, -1).join('\n'));
  });
  connectDrag(svg, (from, to) => {
    const next = [...ordered(from, to)].join(', ');
    write([lines.value.trim(), next].filter(Boolean).join('\n'));
  });
  show();
  draw();
}

function connectDrag(svg: SVGSVGElement, done: (from: Corner, to: Corner) => void): void {
  let from: Corner | null = null;
  let drawn: SVGRectElement | null = null;
  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    svg.setPointerCapture(event.pointerId);
    from = pointIn(svg, event);
    drawn = rectOf([...from, ...from]);
    svg.append(drawn);
  });
  svg.addEventListener('pointermove', (event) => {
    if (from && drawn) place(drawn, ordered(from, pointIn(svg, event)));
  });
  const end = (event: PointerEvent) => {
    const [begun, to] = [from, pointIn(svg, event)];
    from = null;
    drawn?.remove();
    if (event.type === 'pointerup' && begun && isLarge(begun, to)) done(begun, to);
  };
  svg.addEventListener('pointerup', end);
  svg.addEventListener('pointercancel', end);
}

function isLarge(from: Corner, to: Corner): boolean {
  return Math.abs(from[0] - to[0]) >= SMALLEST_PX && Math.abs(from[1] - to[1]) >= SMALLEST_PX;
}

/** Where the pointer is, in px of the stored frame and never outside of it. */
function pointIn(svg: SVGSVGElement, { clientX, clientY }: PointerEvent): Corner {
  const { left, top, width, height } = svg.getBoundingClientRect();
  const frame = svg.viewBox.baseVal;
  const within = (share: number, most: number) => Math.round(Math.max(0, Math.min(1, share)) * most);
  return [within((clientX - left) / width, frame.width), within((clientY - top) / height, frame.height)];
}

type Area = readonly [number, number, number, number];

function ordered([ax, ay]: Corner, [bx, by]: Corner): Area {
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/** The areas that the lines name; a line that names none is told when the form is sent. */
function areasOf(lines: string): readonly Area[] {
  return lines.split('\n').flatMap((line) => {
    const [, a, b, c, d] = LINE.exec(line) ?? [];
    return d === undefined ? [] : [ordered([Number(a), Number(b)], [Number(c), Number(d)])];
  });
}

function rectOf(area: Area): SVGRectElement {
  const rect = document.createElementNS(SVG, 'rect');
  place(rect, area);
  return rect;
}

function place(rect: SVGRectElement, [left, top, right, bottom]: Area): void {
  for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top }))
    rect.setAttribute(name, String(value));
}
