import { Icon } from './tool-button.tsx';

/** Buttons of the clock, the moment, the loop's two ends, and what the clock is doing. */
export function PlayRow() {
  return (
    <div class="clock" data-part="clock" hidden>
      <label class="moment-line">
        <span class="vh">Moment of the chosen picture</span>
        <input type="range" min="0" max="0" value="0" step="1" data-part="moment" />
      </label>
      <div class="play row">
        <IconButton part="back" label="Back one frame" path="M14 4L6 11l8 7M17 4v14" />
        <button type="button" class="icon primary" data-part="play" aria-label="Play">
          <Icon path="M6 3l12 8-12 8z" />
        </button>
        <IconButton part="forward" label="Forward one frame" path="M8 4l8 7-8 7M5 4v14" />
        <button type="button" aria-pressed="false" aria-keyshortcuts="L" data-part="loop">
          Loop contraction
        </button>
        <button type="button" aria-pressed="false" aria-keyshortcuts="S" data-speed="0.5">
          ½ speed
        </button>
        <button type="button" aria-pressed="false" data-speed="0.25">
          ¼ speed
        </button>
        <p class="tiny soft push told">
          <span data-part="one-clock">one clock</span> ·{' '}
          <button type="button" class="in-text" popovertarget="offset" data-part="offset-words">
            offset 0.00 s
          </button>{' '}
          · <span data-part="rate" />{' '}
          <button type="button" class="in-text" data-part="keys">
            keys
          </button>
        </p>
      </div>
      <LoopEnds />
      <OffsetPanel />
    </div>
  );
}

function IconButton({ part, label, path }: { part: string; label: string; path: string }) {
  return (
    <button type="button" class="icon" data-part={part} aria-label={label}>
      <Icon path={path} />
    </button>
  );
}

function LoopEnds() {
  return (
    <fieldset class="loop-ends row" data-part="loop-ends" hidden>
      <legend class="vh">What the loop goes around</legend>
      <label class="tiny">
        Loop from <output data-part="from-words" />
        <input type="range" min="0" max="0" value="0" step="1" data-part="from" />
      </label>
      <label class="tiny">
        to <output data-part="to-words" />
        <input type="range" min="0" max="0" value="0" step="1" data-part="to" />
      </label>
    </fieldset>
  );
}

function OffsetPanel() {
  return (
    <div id="offset" popover="auto" class="panel stack">
      <h2>One clock for both pictures</h2>
      <label class="field">
        <span>
          The right picture is ahead by <output data-part="offset-now">0.00 s</output>
        </span>
        <input type="range" min="0" max="0" value="0" step="any" data-part="offset" />
      </label>
      <p class="row">
        <button type="button" aria-pressed="false" data-part="apart">
          Move one at a time
        </button>
        <button type="button" class="primary" data-part="align">
          Align here
        </button>
      </p>
      <p class="tiny soft">
        To set the same moment in both: move them one at a time, put each at its moment, and align.
      </p>
    </div>
  );
}
