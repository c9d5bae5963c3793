/** Lets time pass over the frames of a walk. */
export interface Player {
  readonly frame: number;
  readonly playing: boolean;
  go(frame: number): void;
  play(): void;
  pause(): void;
  /** 1 is true time. */
  setSpeed(speed: number): void;
  /** Goes on with another walk, from its beginning. */
  load(walk: Timed): void;
}

interface Timed {
  readonly frames: number;
  readonly rateHz: number;
}

/** A player that calls `shown` for every frame that is to be drawn, and `changed` when it starts or stops. */
export function createPlayer(
  first: Timed,
  { shown, changed }: { readonly shown: (frame: number) => void; readonly changed: () => void },
): Player {
  let walk = first;
  let frame = 0;
  let place = 0;
  let speed = 0.25;
  let last: number | null = null;
  let waiting: number | null = null;
  const show = (next: number): void => {
    frame = next;
    shown(frame);
  };
  const tick = (now: number): void => {
    place = (place + ((now - (last ?? now)) / 1000) * walk.rateHz * speed) % walk.frames;
    last = now;
    if (Math.floor(place) !== frame) show(Math.floor(place));
    waiting = requestAnimationFrame(tick);
  };
  return {
    get frame() {
      return frame;
    },
    get playing() {
      return waiting !== null;
    },
    go(next) {
      place = Math.min(Math.max(0, Math.round(next)), walk.frames - 1);
      show(place);
    },
    play() {
      if (waiting !== null) return;
      last = null;
      waiting = requestAnimationFrame(tick);
      changed();
    },
    pause() {
      if (waiting === null) return;
      cancelAnimationFrame(waiting);
      waiting = null;
      changed();
    },
    setSpeed(next) {
      speed = next;
    },
    load(next) {
      walk = next;
      place = 0;
    },
  };
}
