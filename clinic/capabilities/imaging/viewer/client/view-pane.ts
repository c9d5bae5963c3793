import { captionOf, captionText } from '../captions.ts';
import { frameWords } from '../frame-words.ts';
import { type ClipSource, openClipSource } from './clip-source.ts';
import type { ImagePlace, Pane, ViewerClip } from './contracts.ts';
import { countDroppedFrames, type DroppedFrames } from './dropped-frames.ts';
import { durationOf, frameAt } from './frame-times.ts';
import { framesAhead } from './load-order.ts';
import { partOf } from './parts.ts';
import { openStage, type Stage } from './stage.ts';

/** How many frames are decoded before they are due, while pictures move. */
const AHEAD = 24;

/** A pane as the viewer moves it. */
export interface ViewPane extends Pane {
  readonly stage: Stage;
  readonly figure: HTMLElement;
  readonly source: ClipSource | null;
  readonly dropped: DroppedFrames;
  /** Seconds of its clip; outside of it, the first or last frame stands. */
  seconds: number;
  readonly duration: number;
  /** Shows a clip from a source that may be shared. */
  open(source: ClipSource, beside: ViewerClip | null): void;
  caption(beside: ViewerClip | null): void;
  /** The frame that the clock wants; `frame` is the one that stands until it is drawn. */
  readonly due: number;
  /** What is drawn; null while nothing is. */
  readonly drawn: ImageBitmap | null;
  /** Another frame is due. Unless pictures move, it is the one that stands from now on, come or not. */
  turnTo(frame: number, isMoving?: boolean): void;
  /** Draws what has changed, quickly while it moves; true where the frame that is due was drawn. */
  draw(isMoving: boolean): boolean;
  /** Decodes what comes next, around the loop; while pictures stand, all that may be kept. */
  lookAhead(loop: { readonly first: number; readonly last: number }, isMoving: boolean): void;
  showLoading(): void;
}

/** Opens one of the two figures that the server wrote. `viewed` is called when the picture lies differently. */
export function openPane(figure: HTMLElement, index: 0 | 1, viewed: () => void): ViewPane {
  let source: ClipSource | null = null;
  let due = 0;
  let frame = 0;
  let told = -1;
  let seconds = 0;
  let drawn: ImageBitmap | null = null;
  let isStale = true;
  let isRough = false;
  const stage = openStage(figure, index, () => {
    isStale = true;
    viewed();
  });
  const dropped = countDroppedFrames();
  const [role, which, at] = [partOf(figure, 'role'), partOf(figure, 'which'), partOf(figure, 'at')];
  const clipOf = () => source?.clip ?? null;
  /** The caption, the marks and the curve name what is seen. */
  const stand = (next: number): void => {
    frame = next;
    if (told === frame) return;
    told = frame;
    at.textContent = frameWords(frame, clipOf()?.times[frame] ?? 0);
  };

  const pane: ViewPane = {
    index,
    stage,
    figure,
    dropped,
    overlay: stage.marks,
    get source() {
      return source;
    },
    get clip() {
      return clipOf();
    },
    get frame() {
      return frame;
    },
    get due() {
      return due;
    },
    get drawn() {
      return drawn;
    },
    get time() {
      return clipOf()?.times[frame] ?? 0;
    },
    get zoom() {
      return stage.view.zoom;
    },
    get picture() {
      return source?.pictureOf(frame) ?? null;
    },
    get seconds() {
      return seconds;
    },
    set seconds(next) {
      seconds = next;
    },
    get duration() {
      return durationOf(clipOf()?.times ?? []);
    },
    toImage: (event) => stage.toPicture(stage.placeOf(event)),
    contains: ({ x, y }: ImagePlace) => {
      const clip = clipOf();
      return clip !== null && x >= -0.5 && y >= -0.5 && x <= clip.width - 0.5 && y <= clip.height - 0.5;
    },
    open(next, beside) {
      source = next;
      [told, drawn, isStale] = [-1, null, true];
      stage.begin(next.clip);
      pane.caption(beside);
      pane.turnTo(frameAt(next.clip.times, seconds));
    },
    caption(beside) {
      const clip = clipOf();
      if (!clip) return;
      const caption = captionOf(index, clip, beside);
      figure.dataset.mark = caption.mark;
      role.textContent = caption.role;
      which.textContent = [caption.side, caption.day].filter(Boolean).join(' · ');
      const place = index === 0 ? 'Left' : 'Right';
      stage.element.setAttribute('aria-label', `${place} picture: ${captionText(caption)}`);
    },
    turnTo(next, isMoving = false) {
      due = next;
      if (!isMoving) stand(next);
    },
    draw(isMoving) {
      const best = isMoving ? latestOf(source, frame, due) : due;
      const picture = source?.pictureOf(best) ?? null;
      if (picture || !isMoving) stand(best);
      if (picture && (picture !== drawn || isStale || (isRough && !isMoving))) {
        stage.draw(picture, isMoving);
        [drawn, isStale, isRough] = [picture, false, isMoving];
      } else if (!picture && isStale && source?.damageOf(due)) {
        stage.draw(null, false);
        [drawn, isStale, isRough] = [null, false, false];
      }
      return picture !== null && best === due;
    },
    lookAhead(loop, isMoving) {
      if (!source) return;
      const count = isMoving ? Math.min(AHEAD, source.room) : source.room;
      source.want(index, framesAhead(due, count, loop));
    },
    showLoading: () => source && showLoading(figure, source, due),
  };
  partOf(figure, 'retry').addEventListener('click', () => source?.retry());
  return pane;
}

/** The last frame that is decoded and lies between the one that stands and the one that is due: late, but no standstill. */
function latestOf(source: ClipSource | null, stands: number, due: number): number {
  for (let frame = due; frame > stands; frame--) if (source?.pictureOf(frame)) return frame;
  return due;
}

/** How far loading is, or what is wrong, over the picture that it is about. */
function showLoading(figure: HTMLElement, source: ClipSource, frame: number): void {
  const line = partOf(figure, 'state-line');
  const { trouble, loaded, clip } = source;
  const damage = source.damageOf(frame);
  const isMissing = source.pictureOf(frame) === null;
  const words = trouble?.message ?? (damage ? `Frame ${frame} cannot be shown. ${damage}` : '');
  // News comes with every decoded frame; most of it changes nothing here.
  const shown = JSON.stringify([words, trouble?.kind, loaded, isMissing]);
  if (line.dataset.shown === shown) return;
  line.dataset.shown = shown;
  const progress = partOf<HTMLProgressElement>(figure, 'progress');
  const count = Math.round(loaded * clip.frames);
  partOf(figure, 'state-words').textContent =
    words || (isMissing ? `Loading: ${count} of ${clip.frames} frames` : '');
  progress.value = loaded;
  progress.hidden = loaded >= 1;
  partOf(figure, 'retry').hidden = trouble?.kind !== 'failed';
  line.hidden = !words && loaded >= 1 && !isMissing;
  line.dataset.kind = words ? 'warn' : '';
}

/** Opens a worker for each clip that is shown, and one where both panes show the same. */
export function clipSources(changed: () => void) {
  const open = new Map<string, ClipSource>();
  return {
    of(clip: ViewerClip, start: number): ClipSource {
      const known = open.get(clip.id) ?? openClipSource(clip, start, changed);
      open.set(clip.id, known);
      return known;
    },
    /** Closes those that no pane shows. */
    keep(clips: readonly (ViewerClip | null)[]): void {
      for (const [id, source] of open) {
        if (clips.some((clip) => clip?.id === id)) continue;
        source.close();
        open.delete(id);
      }
    },
  };
}
