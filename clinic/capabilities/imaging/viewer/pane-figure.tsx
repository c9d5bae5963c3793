import { framePicturePath } from '../papers/frame-routes.ts';
import { captionOf, captionText } from './captions.ts';
import type { ViewerClip } from './client/contracts.ts';
import { frameWords } from './frame-words.ts';

/** As wide as a picture is shown without scripts. */
const STILL_WIDTH = 960;

interface PaneFigureProps {
  readonly index: 0 | 1;
  readonly clip: ViewerClip;
  readonly beside: ViewerClip | null;
  readonly frame: number;
}

/** One of the two pictures: what it is, where it stands, and the place where it is drawn. */
export function PaneFigure({ index, clip, beside, frame }: PaneFigureProps) {
  const caption = captionOf(index, clip, beside);
  const place = index === 0 ? 'Left' : 'Right';
  return (
    <figure class="pane" data-pane={index} data-mark={caption.mark}>
      <figcaption>
        <b data-part="role">{caption.role}</b>
        <span class="which" data-part="which">
          {[caption.side, caption.day].filter(Boolean).join(' · ')}
        </span>
        <span class="at" data-part="at">
          {frameWords(frame, clip.times[frame] ?? 0)}
        </span>
      </figcaption>
      <div
        class="stage"
        data-part="stage"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture takes keys, wheel and touch
        tabIndex={0}
        role="application"
        aria-label={`${place} picture: ${captionText(caption)}`}
      >
        <canvas data-part="canvas" />
        <svg class="overlay" data-part="overlay" aria-hidden="true">
          <g data-part="ruler" class="ruler" />
          <g data-part="marks" />
        </svg>
        <div class="state" data-part="state-line" hidden>
          <p class="small" data-part="state-words" />
          <progress max="1" value="0" data-part="progress" aria-label="Frames loaded" />
          <button type="button" data-part="retry" hidden>
            Try again
          </button>
        </div>
        <noscript>
          <img
            src={framePicturePath(clip.id, 0, STILL_WIDTH)}
            alt={`First frame of ${clip.title}`}
            width={clip.width}
            height={clip.height}
          />
        </noscript>
      </div>
    </figure>
  );
}
