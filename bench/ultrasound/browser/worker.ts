import { fourHundred, speckleFrames } from './speed-frames.ts';
import { followAll, timeTracking } from './time-tracking.ts';

/** What the page asks of a worker. */
export type Ask =
  | { readonly kind: 'times'; readonly frames: number }
  /** Makes its frames and says that it is ready; then follows its part of the points when asked to go. */
  | { readonly kind: 'prepare'; readonly frames: number; readonly part: number; readonly of: number }
  | { readonly kind: 'go' };

let go = () => 0;

self.onmessage = ({ data }: MessageEvent<Ask>) => {
  if (data.kind === 'times') self.postMessage(timeTracking(data.frames));
  if (data.kind === 'prepare') {
    const frames = speckleFrames(data.frames);
    const all = fourHundred();
    const share = Math.ceil(all.length / data.of);
    const marks = all.slice(data.part * share, (data.part + 1) * share);
    // Once to warm up.
    followAll(frames.slice(0, 6), marks);
    go = () => followAll(frames, marks);
    self.postMessage('ready');
  }
  if (data.kind === 'go') self.postMessage(go());
};
