import type { MotionData } from './motion.ts';
import { StickRow } from './stick-row.tsx';

export interface WalkViewerProps {
  readonly motion: MotionData;
  /** Where the island fetches the motion. */
  readonly source: string;
  /** Plays as soon as it is seen, unless the person asked for less motion. */
  readonly plays?: boolean;
}

export const WALK_VIEWER = 'capabilities/gait-lab/islands/walk-viewer';

/** The walk: a row of figures, which the island replaces by the walk in space with its controls. */
export function WalkViewer({ motion, source, plays = false }: WalkViewerProps) {
  return (
    <section
      class="card walk-view"
      aria-labelledby="the-walk"
      data-walk-viewer={source}
      data-plays={plays ? '' : undefined}
    >
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
