import { framesPassed, frameToDraw } from './dropped-frames.ts';
import { frameAt } from './frame-times.ts';
import { letPass, type Span, spanOfBoth } from './play-clock.ts';
import type { ViewPane } from './view-pane.ts';

/** Lets time pass over both pictures. */
export interface Player {
  readonly playing: boolean;
  /** Pictures that are due have not come from the server yet: the clock stands until they have. */
  readonly waiting: boolean;
  readonly linked: boolean;
  readonly speed: number;
  /** Seconds of the right picture's clip. */
  readonly loop: Span | null;
  play(): void;
  pause(): void;
  setSpeed(speed: number): void;
  setLinked(linked: boolean): void;
  setLoop(loop: Span | null): void;
  /** Shows a frame of one picture; the other one follows where they are linked. */
  goTo(index: 0 | 1, frame: number): void;
  /** How far the right picture is ahead of the left one, in seconds. */
  offset: number;
  /** Draws what stands, and asks for what comes next. */
  refresh(): void;
}

type Panes = readonly [ViewPane, ViewPane];

interface Told {
  readonly active: () => 0 | 1;
  readonly framed: () => void;
  readonly changed: () => void;
}

/** A tenth of a microsecond: the end of a span belongs to the next round. */
const LEAST_S = 1e-7;

export function createPlayer(panes: Panes, { active, framed, changed }: Told): Player {
  let linked = true;
  let speed = 1;
  let loop: Span | null = null;
  let running: number | null = null;
  let last: number | null = null;
  let waiting = false;

  /** The picture whose seconds the clock counts, and the other one. */
  const order = (): readonly [ViewPane, ViewPane] => {
    const first = linked ? (panes[1].clip ? 1 : 0) : active();
    return first === 1 ? [panes[1], panes[0]] : [panes[0], panes[1]];
  };
  const moving = (): readonly ViewPane[] => (linked ? panes : [order()[0]]).filter(({ clip }) => clip);
  const spanNow = (): Span => {
    const [first, second] = order();
    if (loop && first.clip?.id === panes[1].clip?.id) return loop;
    const isBoth = linked && second.clip !== null;
    return spanOfBoth(first.duration, isBoth ? second.duration : null, first.seconds - second.seconds);
  };
  /** First and last frame of a picture within the span. */
  const ends = (pane: ViewPane) => {
    const span = spanNow();
    const lag = order()[0].seconds - pane.seconds;
    const times = pane.clip?.times ?? [];
    return { first: frameAt(times, span.from - lag), last: frameAt(times, span.to - lag - LEAST_S) };
  };

  const setSeconds = (seconds: number): void => {
    const [first, second] = order();
    const lag = first.seconds - second.seconds;
    first.seconds = seconds;
    if (linked) second.seconds = seconds - lag;
  };
  const turnAll = (): void => {
    for (const pane of panes) if (pane.clip) pane.turnTo(frameAt(pane.clip.times, pane.seconds));
  };
  const refresh = (): void => {
    for (const pane of panes) {
      if (!pane.clip) continue;
      const isMoving = running !== null;
      pane.lookAhead(ends(pane), isMoving);
      if (pane.draw(isMoving)) pane.dropped.drawn();
    }
  };
  const step = (elapsed: number): void => {
    const [first] = order();
    const span = spanNow();
    if (first.seconds < span.from || first.seconds >= span.to) {
      setSeconds(span.from);
      turnAll();
      return;
    }
    const rounds = new Map(moving().map((pane) => [pane, ends(pane)]));
    const { time, wrapped } = letPass(first.seconds, elapsed, span);
    setSeconds(time);
    for (const [pane, round] of rounds) {
      const times = pane.clip?.times ?? [];
      const next = wrapped ? frameAt(times, pane.seconds) : frameToDraw(times, pane.seconds, pane.due);
      const isStill = round.first === round.last;
      const passed = isStill ? 0 : framesPassed(pane.due, next, wrapped ? round : null);
      if (next !== pane.due) pane.turnTo(next, true);
      pane.dropped.turnTo(passed);
    }
  };
  const tick = (now: number): void => {
    const elapsed = last === null ? 0 : ((now - last) / 1000) * speed;
    last = now;
    const before = panes.map(({ frame }) => frame);
    waiting = moving().some(({ source, due }) => source !== null && !source.has(due));
    if (!waiting) step(elapsed);
    refresh();
    if (panes.some(({ frame }, index) => frame !== before[index])) framed();
    running = requestAnimationFrame(tick);
  };
  const begin = (): void => {
    last = null;
    for (const pane of panes) pane.dropped.restart();
  };

  return {
    get playing() {
      return running !== null;
    },
    get waiting() {
      return waiting;
    },
    get linked() {
      return linked;
    },
    get speed() {
      return speed;
    },
    get loop() {
      return loop;
    },
    get offset() {
      return panes[1].seconds - panes[0].seconds;
    },
    set offset(seconds) {
      panes[1].seconds = panes[0].seconds + seconds;
      turnAll();
      refresh();
      framed();
    },
    refresh,
    play() {
      if (running !== null) return;
      begin();
      running = requestAnimationFrame(tick);
      changed();
    },
    pause() {
      if (running === null) return;
      cancelAnimationFrame(running);
      running = null;
      waiting = false;
      refresh();
      changed();
    },
    setSpeed(next) {
      speed = next;
      begin();
      changed();
    },
    setLinked(next) {
      linked = next;
      begin();
      changed();
    },
    setLoop(next) {
      loop = next;
      begin();
      refresh();
      changed();
    },
    goTo(index, frame) {
      const [pane, other] = index === 0 ? [panes[0], panes[1]] : [panes[1], panes[0]];
      if (!pane.clip) return;
      const to = Math.min(pane.clip.frames - 1, Math.max(0, Math.round(frame)));
      const by = other.seconds - pane.seconds;
      pane.seconds = pane.clip.times[to] ?? 0;
      pane.turnTo(to);
      if (linked && other.clip) {
        other.seconds = pane.seconds + by;
        other.turnTo(frameAt(other.clip.times, other.seconds));
      }
      refresh();
      framed();
    },
  };
}
