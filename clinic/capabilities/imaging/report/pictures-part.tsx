import type { ComponentChildren } from 'preact';
import type { FrameDrawing } from './frame-drawings.ts';

/** A picture of the report: where it is shown from, and what stands below it. */
export interface ShownFrame {
  readonly key: string;
  readonly src: string;
  /** Said to whoever does not see it. */
  readonly alt: string;
  readonly caption: ComponentChildren;
  /** What was measured in it. */
  readonly drawing: FrameDrawing | null;
}

const WIDTH = 640;

export { WIDTH as PICTURE_WIDTH };

/** The frames that the report shows. */
export function PicturesPart({ frames, empty }: { frames: readonly ShownFrame[]; empty: ComponentChildren }) {
  return (
    <section class="card stack" aria-labelledby="key-frames">
      <h2 id="key-frames">Key frames</h2>
      {frames.length === 0 && <p class="soft">{empty}</p>}
      {frames.length > 0 && (
        <div class="us-frames">
          {frames.map(({ key, src, alt, caption, drawing }) => (
            <figure key={key}>
              <div class="us-picture">
                <img src={src} alt={alt} loading="lazy" width={WIDTH} />
                {drawing && <Drawing drawing={drawing} />}
              </div>
              <figcaption>{caption}</figcaption>
            </figure>
          ))}
        </div>
      )}
    </section>
  );
}

/** The measured lines above the picture, light with a dark edge, so that they are seen on any tissue. */
function Drawing({ drawing: { width, height, shapes } }: { drawing: FrameDrawing }) {
  return (
    <svg viewBox={`-0.5 -0.5 ${width} ${height}`} aria-hidden="true">
      {shapes.map(({ kind, places }) => {
        const points = places.map(({ x, y }) => `${x},${y}`).join(' ');
        const Shape = kind === 'outline' ? 'polygon' : 'polyline';
        return (
          <g key={points}>
            <Shape points={points} class="us-edge" />
            <Shape points={points} class="us-line" />
          </g>
        );
      })}
    </svg>
  );
}

/** What the patient said while it was filmed. */
export function MomentsPart({
  moments,
}: {
  moments: readonly { timeS: number; words: string; clip: string }[];
}) {
  if (moments.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="moments">
      <h2 id="moments">What the patient said</h2>
      <ul class="plain-list">
        {moments.map(({ timeS, words, clip }) => (
          <li key={`${clip}${timeS}${words}`}>
            “{words}”{' '}
            <span class="soft small">
              at {timeS.toFixed(1)} s of {clip}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What ultrasound may not have shown. */
export function LimitsPart({ limits }: { limits: readonly { words: string; citation: string }[] }) {
  if (limits.length === 0) return null;
  return (
    <section class="notice" data-kind="warn" aria-labelledby="limits">
      <strong id="limits">Limits of ultrasound</strong>
      <ul>
        {limits.map(({ words, citation }) => (
          <li key={words}>
            {words} <span class="soft small">({citation})</span>
          </li>
        ))}
      </ul>
      <p class="tiny">Needs sign-off by your clinician.</p>
    </section>
  );
}
