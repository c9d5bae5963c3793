import type { ImagePlace } from './contracts.ts';

/** How a picture lies on the screen: its pixels are `zoom` large, its top left corner lies at `x`, `y`. */
export interface PictureView {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Zoomed in at most so that a pixel of the picture is this large, or this many times the fit where that is more. */
const LARGEST_PIXEL = 12;
const MOST_OVER_FIT = 4;
/** The first pixel's middle is at 0, 0. */
const MIDDLE = 0.5;

/** The whole picture in the middle of its stage. */
export function fit(picture: Size, stage: Size): PictureView {
  const zoom = Math.min(stage.width / picture.width, stage.height / picture.height) || 1;
  return {
    zoom,
    x: (stage.width - picture.width * zoom) / 2,
    y: (stage.height - picture.height * zoom) / 2,
  };
}

/** Larger or smaller by a factor, so that what lies under a point of the stage stays there. */
export function zoomAt(
  view: PictureView,
  factor: number,
  at: ImagePlace,
  picture: Size,
  stage: Size,
): PictureView {
  const smallest = fit(picture, stage).zoom;
  const largest = Math.max(LARGEST_PIXEL, smallest * MOST_OVER_FIT);
  const zoom = Math.min(largest, Math.max(smallest, view.zoom * factor));
  const share = zoom / view.zoom;
  const moved = { zoom, x: at.x - (at.x - view.x) * share, y: at.y - (at.y - view.y) * share };
  return within(moved, picture, stage);
}

/** Moved by some screen px. */
export function panBy(view: PictureView, by: ImagePlace, picture: Size, stage: Size): PictureView {
  return within({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, stage);
}

/** No edge of the picture comes into the stage where there is more of it; a smaller picture stays in the middle. */
export function within(view: PictureView, picture: Size, stage: Size): PictureView {
  return {
    zoom: view.zoom,
    x: along(view.x, picture.width * view.zoom, stage.width),
    y: along(view.y, picture.height * view.zoom, stage.height),
  };
}

function along(start: number, length: number, room: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, start));
}

/** Where a point of the stage lies in the picture. */
export function toPicture({ zoom, x, y }: PictureView, at: ImagePlace): ImagePlace {
  return { x: (at.x - x) / zoom - MIDDLE, y: (at.y - y) / zoom - MIDDLE };
}

/** Where a place of the picture lies on the stage. */
export function toStage({ zoom, x, y }: PictureView, place: ImagePlace): ImagePlace {
  return { x: (place.x + MIDDLE) * zoom + x, y: (place.y + MIDDLE) * zoom + y };
}
