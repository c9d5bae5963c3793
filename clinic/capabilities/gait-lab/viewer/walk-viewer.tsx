import type { MotionData } from './motion.ts';
import { StickRow } from './stick-row.tsx';

export interface WalkViewerProps {
  readonly motion: MotionData;
  /** Where the island fetches the motion. */
  readonly source: string;
  /** Plays as soon as it is seen, unless the person asked for less motion. */
  readonly plays?: boolean;
  /** The trials that can be played, the one of `source` first; each other is at `source` with its place added. */
  readonly trials?: readonly TrialToShow[];
}

/** A trial as it is chosen, with its place in the report's list. */
export interface TrialToShow {
  readonly place: number;
  readonly name: string;
}

export const WALK_VIEWER = 'capabilities/gait-lab/islands/walk-viewer';

/** The walk: a row of figures, which the island replaces by the walk in space with its controls. */
export function WalkViewer({ motion, source, plays = false, trials = [] }: WalkViewerProps) {
  return (
    <section
      class="card walk-view"
      aria-labelledby="the-walk"
      data-walk-viewer={source}
      data-plays={plays ? '' : undefined}
    >
      {/* The browser fetches the motion while the script is still on its way. */}
      <link rel="preload" as="fetch" crossorigin="anonymous" href={source} />
      <header class="row">
        <h2 id="the-walk">The walk</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: buttons that choose a view are no fields of a form */}
        <div class="row seg push" role="group" aria-label="View" hidden data-part="views">
          <View name="three-quarter" label="¾" spoken="Three-quarter view" pressed />
          <View name="side" label="Side" />
          <View name="front" label="Front" />
          <View name="top" label="Top" />
        </div>
      </header>
      {trials.length > 1 && (
        <p class="row small trial-choice" hidden>
          <label for="trial">Trial</label>
          <select id="trial" data-part="trial">
            {trials.map(({ place, name }, index) => (
              <option key={place} value={index === 0 ? source : `${source}&trial=${place}`}>
                {name}
              </option>
            ))}
          </select>
          <span role="status" data-part="trial-state" />
        </p>
      )}
      <div class="stage" data-part="stage">
        <StickRow motion={motion} />
      </div>
      <div class="scrub" hidden data-part="controls">
        <button type="button" data-part="play">
          Play
        </button>
        <input
          type="range"
          min="0"
          max={motion.frames - 1}
          value="0"
          step="1"
          aria-label="Moment of the walk"
          data-part="moment"
        />
        <output class="small" data-part="percent" />
        <button type="button" aria-pressed="true" data-part="slow">
          ¼ speed
        </button>
      </div>
      <p class="tiny soft" hidden data-part="fallback">
        This browser can not show the walk in space (WebGL is off or missing), so these figures stand for it:
        moments of one stride, from the side.
      </p>
      <p class="tiny soft" hidden data-part="help">
        Drag to turn. With the picture in focus: space plays, arrows step, 1 side, 2 front, 3 top, 0
        three-quarter. Left solid with balls, right banded with cubes. Arrows from the floor are the force
        under the foot. The head is drawn, not measured.
      </p>
    </section>
  );
}

function View(props: { name: string; label: string; spoken?: string; pressed?: boolean }) {
  return (
    <button
      type="button"
      data-view={props.name}
      aria-pressed={props.pressed ? 'true' : 'false'}
      aria-label={props.spoken}
    >
      {props.label}
    </button>
  );
}
