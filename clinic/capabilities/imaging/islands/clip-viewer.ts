import { keepAddress } from '../viewer/client/address.ts';
import type { ViewerExam } from '../viewer/client/contracts.ts';
import { connectControls } from '../viewer/client/controls.ts';
import { connectKeys } from '../viewer/client/keys.ts';
import { partOf } from '../viewer/client/parts.ts';
import { type OpenViewer, openViewer } from '../viewer/client/viewer.ts';
import { connectViewingTools } from '../viewer/client/viewing-tools.ts';

interface State {
  readonly exam: ViewerExam;
  readonly pictures: Parameters<typeof openViewer>[2];
}

/** Measuring waits no longer than this for the first picture. */
const MOST_WAIT_MS = 1500;
/** In which the browser shows what was drawn. No frame of the screen is waited for: a page in the background has none. */
const TO_PAINT_MS = 20;

const root = document.querySelector<HTMLElement>('[data-clip-viewer]');
if (root) void start(root);

/** The first picture stands before anything else is mounted; what measures is on its way meanwhile. */
async function start(place: HTMLElement): Promise<void> {
  const { exam, pictures } = JSON.parse(partOf(place, 'state').textContent ?? '') as State;
  const viewer = openViewer(place, exam, pictures);
  const measuring = import('../measuring/client/mount-measuring.ts');
  await firstPicture(viewer);
  connectKeys(viewer, connectControls(viewer));
  connectViewingTools(viewer);
  keepAddress(viewer);
  const { mountMeasuring } = await measuring;
  mountMeasuring(viewer);
}

function firstPicture(viewer: OpenViewer): Promise<void> {
  return new Promise((resolve) => {
    const seen = (): void => {
      if (viewer.panes.some(({ drawn }) => drawn)) done();
    };
    const off = viewer.on('frame', seen);
    const timer = setTimeout(() => done(), MOST_WAIT_MS);
    function done(): void {
      off();
      clearTimeout(timer);
      setTimeout(resolve, TO_PAINT_MS);
    }
    seen();
  });
}
