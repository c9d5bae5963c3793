/** What the browser does to the pictures' grey: one filter for each, set by the script. */
export function ContrastFilters() {
  return (
    <svg width="0" height="0" class="filters" aria-hidden="true">
      {[0, 1].map((index) => (
        <filter
          key={index}
          id={`contrast-${index}`}
          x="0"
          y="0"
          width="1"
          height="1"
          color-interpolation-filters="sRGB"
        >
          <feComponentTransfer>
            <feFuncR type="linear" slope="1" intercept="0" />
            <feFuncG type="linear" slope="1" intercept="0" />
            <feFuncB type="linear" slope="1" intercept="0" />
          </feComponentTransfer>
        </filter>
      ))}
    </svg>
  );
}

/** Brightness and contrast of the chosen picture, or of both. */
export function ContrastPanel() {
  return (
    <div id="contrast" popover="manual" class="panel stack">
      <h2 id="contrast-title">
        Contrast, <span data-part="contrast-of">left picture</span>
      </h2>
      <label class="field">
        Darkest grey shown as black
        <input type="range" min="0" max="254" value="0" data-part="low" />
      </label>
      <label class="field">
        Brightest grey shown as white
        <input type="range" min="1" max="255" value="255" data-part="high" />
      </label>
      <p class="row">
        <button type="button" data-part="contrast-both">
          Same in both
        </button>
        <button type="button" data-part="contrast-reset">
          As stored
        </button>
        <button type="button" class="quiet" data-part="contrast-close">
          Close
        </button>
      </p>
      <p class="tiny soft">Only what is shown changes; measurements use the grey that is stored.</p>
    </div>
  );
}
