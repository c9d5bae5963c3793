import { mountMeasuring } from '../measuring/client/mount-measuring.ts';
import { keepAddress } from '../viewer/client/address.ts';
import type { ViewerExam } from '../viewer/client/contracts.ts';
import { connectControls } from '../viewer/client/controls.ts';
import { connectKeys } from '../viewer/client/keys.ts';
import { partOf } from '../viewer/client/parts.ts';
import { openViewer } from '../viewer/client/viewer.ts';
import { connectViewingTools } from '../viewer/client/viewing-tools.ts';

interface State {
  readonly exam: ViewerExam;
  readonly pictures: Parameters<typeof openViewer>[2];
}

const root = document.querySelector<HTMLElement>('[data-clip-viewer]');
if (root) start(root);

function start(place: HTMLElement): void {
  const { exam, pictures } = JSON.parse(partOf(place, 'state').textContent ?? '') as State;
  const viewer = openViewer(place, exam, pictures);
  connectKeys(viewer, connectControls(viewer));
  connectViewingTools(viewer);
  keepAddress(viewer);
  mountMeasuring(viewer);
}
