import { AS_STORED } from './contrast.ts';
import type { Mode } from './gestures.ts';
import { partOf } from './parts.ts';
import type { OpenViewer } from './viewer.ts';

/** The viewer's own tools in the rail, contrast and zoom, and the panel of the contrast. */
export function connectViewingTools(viewer: OpenViewer): void {
  const { root } = viewer;
  const panel = root.querySelector<HTMLElement>('#contrast');
  const buttons = [...root.querySelectorAll<HTMLButtonElement>('[data-tool]')].filter(
    ({ dataset }) => dataset.tool === 'contrast' || dataset.tool === 'zoom',
  );
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const mode = button.dataset.tool as Mode;
      viewer.setMode(viewer.mode === mode ? 'pan' : mode);
    });
  }
  let shown: Mode = 'pan';
  viewer.on('pane', () => {
    for (const button of buttons)
      button.setAttribute('aria-pressed', String(!viewer.hasTool && viewer.mode === button.dataset.tool));
    if (panel && (viewer.mode === 'contrast') !== (shown === 'contrast'))
      panel.togglePopover(viewer.mode === 'contrast');
    shown = viewer.mode;
  });
  if (panel) connectPanel(viewer, panel);
}

function connectPanel(viewer: OpenViewer, panel: HTMLElement): void {
  const [low, high] = [partOf<HTMLInputElement>(panel, 'low'), partOf<HTMLInputElement>(panel, 'high')];
  const show = (): void => {
    const { stage, index } = viewer.active;
    low.value = String(stage.contrast.low);
    high.value = String(stage.contrast.high);
    partOf(panel, 'contrast-of').textContent = index === 0 ? 'left picture' : 'right picture';
  };
  const set = (): void => {
    viewer.active.stage.contrast = { low: low.valueAsNumber, high: high.valueAsNumber };
  };
  low.addEventListener('input', () => {
    if (high.valueAsNumber <= low.valueAsNumber) high.value = String(low.valueAsNumber + 1);
    set();
  });
  high.addEventListener('input', () => {
    if (high.valueAsNumber <= low.valueAsNumber) low.value = String(high.valueAsNumber - 1);
    set();
  });
  partOf(panel, 'contrast-both').addEventListener('click', () => {
    for (const { stage } of viewer.panes) stage.contrast = viewer.active.stage.contrast;
  });
  partOf(panel, 'contrast-reset').addEventListener('click', () => {
    viewer.active.stage.contrast = AS_STORED;
    show();
  });
  partOf(panel, 'contrast-close').addEventListener('click', () => viewer.setMode('pan'));
  viewer.on('pane', show);
  viewer.onContrast(show);
}
