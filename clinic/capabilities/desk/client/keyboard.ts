import { type CarriedEntry, pickUp } from './carried-entry.ts';
import { requestMove } from './move.ts';
import { say } from './page.ts';
import { pauseRefresh, resumeRefresh } from './refresh.ts';

const HELP =
  'Arrow up and down change the time, left and right the column. Enter puts it there, Escape leaves it.';

/** Moves appointments by key: M picks one up, arrows carry it, Enter puts it down, Escape leaves it where it was. */
export function enableKeyboard(frame: HTMLElement): void {
  let carried: CarriedEntry | null = null;

  const finish = (drop: boolean) => {
    const entry = carried;
    carried = null;
    if (!entry) return;
    const move = drop ? entry.move() : null;
    if (!move) {
      entry.putDown();
      say('Left where it was.');
      resumeRefresh();
      return;
    }
    void requestMove(move).then((done) => {
      entry.putDown({ springBack: !done });
      resumeRefresh();
    });
  };

  frame.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!carried) {
      const link = (event.target as Element).closest<HTMLElement>('[data-movable]');
      if (!link || event.key.toLowerCase() !== 'm') return;
      carried = pickUp(link);
      if (!carried) return;
      pauseRefresh();
      event.preventDefault();
      say(`Moving ${link.dataset.label ?? 'the visit'}, now at ${carried.describe()}. ${HELP}`);
      return;
    }
    if (event.key === 'Tab') {
      finish(false);
      return;
    }
    const done = carry(carried, event.key);
    if (done === null) return;
    event.preventDefault();
    if (done === 'drop' || done === 'leave') finish(done === 'drop');
    else say(done === 'edge' ? 'No further column of this kind.' : carried.describe());
  });
  frame.addEventListener('focusout', (event) => {
    if (carried && event.target === carried.link && document.hasFocus()) finish(false);
  });
}

function carry(entry: CarriedEntry, key: string): 'moved' | 'edge' | 'drop' | 'leave' | null {
  const { topMin, column } = entry.at;
  switch (key) {
    case 'ArrowUp':
      entry.goTo(topMin - entry.stepMin, column);
      return 'moved';
    case 'ArrowDown':
      entry.goTo(topMin + entry.stepMin, column);
      return 'moved';
    case 'ArrowLeft':
    case 'ArrowRight': {
      const next = entry.neighbour(key === 'ArrowLeft' ? -1 : 1);
      if (!next) return 'edge';
      entry.goTo(topMin, next);
      return 'moved';
    }
    case 'Enter':
      return 'drop';
    case 'Escape':
      return 'leave';
    default:
      return null;
  }
}
