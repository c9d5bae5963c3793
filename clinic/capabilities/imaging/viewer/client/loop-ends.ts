import { partOf } from './parts.ts';
import type { Span } from './play-clock.ts';
import type { OpenViewer } from './viewer.ts';

const PLACES = 2;
/** Where no contraction is known, the middle of the clip is gone around first. */
const USUAL = { from: 0.25, to: 0.75 };

/** The two ends of the loop, each a range in frames of the right picture's clip. */
export function loopEnds(viewer: OpenViewer) {
  const place = partOf<HTMLFieldSetElement>(viewer.root, 'loop-ends');
  const [from, to] = [
    partOf<HTMLInputElement>(viewer.root, 'from'),
    partOf<HTMLInputElement>(viewer.root, 'to'),
  ];
  const rightPane = viewer.panes[1];
  const timeOf = (frame: number): number => rightPane.clip?.times[frame] ?? rightPane.duration;
  const nearest = (seconds: number): number => {
    const times = rightPane.clip?.times ?? [];
    const found = times.findIndex((time) => time >= seconds - 1e-6);
    return found === -1 ? times.length : found;
  };
  const set = (): void => {
    const [first, last] = [from.valueAsNumber, to.valueAsNumber];
    viewer.setLoop({ from: timeOf(Math.min(first, last - 1)), to: timeOf(Math.max(last, first + 1)) });
  };
  from.addEventListener('input', set);
  to.addEventListener('input', set);
  return {
    usual: (): Span => ({ from: USUAL.from * rightPane.duration, to: USUAL.to * rightPane.duration }),
    show(): void {
      const { loop } = viewer.player;
      place.hidden = loop === null;
      if (!loop) return;
      for (const [input, seconds, words] of [
        [from, loop.from, 'from-words'],
        [to, loop.to, 'to-words'],
      ] as const) {
        input.max = String(rightPane.clip?.frames ?? 0);
        input.value = String(nearest(seconds));
        input.setAttribute('aria-valuetext', `${seconds.toFixed(PLACES)} seconds`);
        partOf(place, words).textContent = `${seconds.toFixed(PLACES)} s`;
      }
    },
  };
}
