import type { ImagePlace, ViewerClip } from './contracts.ts';
import { AS_STORED, type Contrast, filterOf, isAsStored } from './contrast.ts';
import { drawRuler } from './draw-ruler.ts';
import { partOf } from './parts.ts';
import { fit, type PictureView, panBy, type Size, toPicture, within, zoomAt } from './picture-view.ts';

/** The place where one picture is drawn: canvas, overlay and rulers, and how the picture lies. */
export interface Stage {
  readonly element: HTMLElement;
  /** In px of the picture. */
  readonly marks: SVGGElement;
  readonly view: PictureView;
  readonly size: Size;
  contrast: Contrast;
  /** Begins with another clip, in full view. */
  begin(clip: ViewerClip): void;
  /** Moving pictures are drawn quickly, standing ones finely. */
  draw(picture: ImageBitmap | null, isMoving: boolean): void;
  fit(): void;
  zoom(factor: number, at?: ImagePlace): void;
  pan(by: ImagePlace): void;
  /** Where an event is on the stage, in its px. */
  placeOf(event: MouseEvent): ImagePlace;
  toPicture(at: ImagePlace): ImagePlace;
}

/** Takes over the stage of a pane; `moved` is called when the picture lies differently. */
export function openStage(figure: HTMLElement, index: 0 | 1, moved: () => void): Stage {
  const element = partOf(figure, 'stage');
  const canvas = partOf<HTMLCanvasElement>(figure, 'canvas');
  const context = canvas.getContext('2d', { alpha: false });
  const marks = partOf<SVGGElement>(figure, 'marks');
  const ruler = partOf<SVGGElement>(figure, 'ruler');
  let clip: ViewerClip | null = null;
  let size: Size = { width: 1, height: 1 };
  let view: PictureView = { zoom: 1, x: 0, y: 0 };
  let isFitted = true;
  let contrast = AS_STORED;

  const place = (next: PictureView): void => {
    if (!clip) return;
    view = next;
    const { zoom, x, y } = view;
    marks.setAttribute('transform', `translate(${x + zoom / 2} ${y + zoom / 2}) scale(${zoom})`);
    drawRuler(ruler, clip, view, size);
    // A picture that is larger than its stage is moved by a finger; otherwise that scrolls the page.
    element.toggleAttribute('data-larger', !isFitted);
    moved();
  };
  const measure = (): void => {
    const box = element.getBoundingClientRect();
    size = { width: Math.max(1, box.width), height: Math.max(1, box.height) };
    canvas.width = Math.round(size.width * devicePixelRatio);
    canvas.height = Math.round(size.height * devicePixelRatio);
    if (clip) place(isFitted ? fit(clip, size) : within(view, clip, size));
  };
  new ResizeObserver(measure).observe(element);

  return {
    element,
    marks,
    get view() {
      return view;
    },
    get size() {
      return size;
    },
    get contrast() {
      return contrast;
    },
    set contrast(next) {
      contrast = next;
      setFilter(canvas, index, next);
    },
    begin(next) {
      clip = next;
      isFitted = true;
      element.style.aspectRatio = `${next.width} / ${next.height}`;
      marks.replaceChildren();
      measure();
    },
    draw(picture, isMoving) {
      if (!context) return;
      context.imageSmoothingQuality = isMoving ? 'low' : 'medium';
      drawPicture(context, picture, view);
    },
    fit() {
      isFitted = true;
      if (clip) place(fit(clip, size));
    },
    zoom(factor, at = { x: size.width / 2, y: size.height / 2 }) {
      if (!clip) return;
      const next = zoomAt(view, factor, at, clip, size);
      isFitted = next.zoom <= fit(clip, size).zoom;
      place(next);
    },
    pan(by) {
      if (clip) place(panBy(view, by, clip, size));
    },
    placeOf(event) {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    },
    toPicture: (at) => toPicture(view, at),
  };
}

function drawPicture(
  context: CanvasRenderingContext2D,
  picture: ImageBitmap | null,
  { zoom, x, y }: PictureView,
): void {
  const { canvas } = context;
  const ratio = devicePixelRatio;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#000';
  context.fillRect(0, 0, canvas.width, canvas.height);
  if (!picture) return;
  context.setTransform(zoom * ratio, 0, 0, zoom * ratio, x * ratio, y * ratio);
  context.drawImage(picture, 0, 0);
}

/** The browser changes the grey of a whole canvas faster than a script changes its pixels. */
function setFilter(canvas: HTMLCanvasElement, index: 0 | 1, contrast: Contrast): void {
  const { slope, intercept } = filterOf(contrast);
  for (const channel of document.querySelectorAll(`#contrast-${index} feComponentTransfer > *`)) {
    channel.setAttribute('slope', slope.toFixed(4));
    channel.setAttribute('intercept', intercept.toFixed(4));
  }
  canvas.style.filter = isAsStored(contrast) ? '' : `url(#contrast-${index})`;
}
