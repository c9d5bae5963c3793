import { enableDrag } from '../client/drag.ts';
import { enableKeyboard } from '../client/keyboard.ts';
import { followLive } from '../client/live.ts';
import { enableNewDialog } from '../client/new-dialog.ts';
import { keepNowLine } from '../client/now-line.ts';

const frame = document.querySelector<HTMLElement>('#board');
if (frame) {
  document.documentElement.classList.add('with-script');
  enableDrag(frame);
  enableKeyboard(frame);
  enableNewDialog(frame);
  keepNowLine();
  followLive();
  const date = document.querySelector<HTMLInputElement>('#pick-date');
  date?.addEventListener('change', () => date.value && date.form?.requestSubmit());
}
