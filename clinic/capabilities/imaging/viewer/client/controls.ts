import { droppedWords, offsetWords, rateWords } from '../frame-words.ts';
import { rateOf } from './frame-times.ts';
import type { ClockActs } from './keys.ts';
import { loopEnds } from './loop-ends.ts';
import { partOf } from './parts.ts';
import type { OpenViewer } from './viewer.ts';

const PLAY = 'M6 3l12 8-12 8z';
const PAUSE = 'M7 4v14M15 4v14';
const PLACES = 2;
const SPEED_WORDS: Readonly<Record<number, string>> = { 0.5: ' at ½ speed', 0.25: ' at ¼ speed' };

/** Buttons and ranges of the clock. */
export function connectControls(viewer: OpenViewer): ClockActs {
  const { root, player } = viewer;
  const button = (name: string) => partOf<HTMLButtonElement>(root, name);
  const [play, loop, apart, rate] = [button('play'), button('loop'), button('apart'), partOf(root, 'rate')];
  const oneClock = partOf(root, 'one-clock');
  const moment = partOf<HTMLInputElement>(root, 'moment');
  const speeds = [...root.querySelectorAll<HTMLButtonElement>('[data-speed]')];
  const ends = loopEnds(viewer);
  partOf(root, 'clock').hidden = false;

  const toggle = (): void => (viewer.playing ? viewer.pause() : viewer.play());
  const step = (by: number): void => {
    const { index, frame } = viewer.active;
    viewer.goTo(index, frame + by);
    sayWhere(viewer);
  };
  const setSpeed = (speed: number): void => player.setSpeed(player.speed === speed ? 1 : speed);
  const acts: ClockActs = {
    toggle,
    step,
    toEnd: (isLast) => step(isLast ? Number.MAX_SAFE_INTEGER : -Number.MAX_SAFE_INTEGER),
    loop: () => (player.loop ? viewer.setLoop(null) : viewer.setLoop(viewer.contraction ?? ends.usual())),
    half: () => setSpeed(0.5),
    link: () => viewer.setLinked(!player.linked),
    mode: (mode) => viewer.setMode(viewer.mode === mode ? 'pan' : mode),
  };

  play.addEventListener('click', toggle);
  button('back').addEventListener('click', () => step(-1));
  button('forward').addEventListener('click', () => step(1));
  loop.addEventListener('click', acts.loop);
  apart.addEventListener('click', acts.link);
  button('align').addEventListener('click', () => viewer.align());
  for (const one of speeds) one.addEventListener('click', () => setSpeed(Number(one.dataset.speed)));
  moment.addEventListener('input', () => viewer.goTo(viewer.active.index, moment.valueAsNumber));
  connectOffset(viewer);

  const showFrame = (): void => {
    const { clip, frame, time } = viewer.active;
    if (clip && moment.max !== String(clip.frames - 1)) moment.max = String(clip.frames - 1);
    moment.value = String(frame);
    // What moves is not read out frame by frame.
    if (!viewer.playing)
      moment.setAttribute('aria-valuetext', `frame ${frame}, ${time.toFixed(PLACES)} seconds`);
    showRate();
  };
  /** Counted over both pictures. */
  const showRate = (): void => {
    const { clip } = viewer.active;
    const sum = (pick: (of: (typeof viewer.panes)[0]['dropped']) => number) =>
      viewer.panes.reduce((all, pane) => all + pick(pane.dropped), 0);
    const counted = { due: sum(({ due }) => due), dropped: sum(({ dropped }) => dropped) };
    const own = clip && clip.frames > 1 ? rateWords(rateOf(clip.times)) : 'a still picture';
    const slower = SPEED_WORDS[player.speed] ?? '';
    const seen = player.waiting
      ? ', waiting for pictures'
      : counted.due > 0
        ? `, ${droppedWords(counted)}`
        : '';
    const words = `${own}${slower}${seen}`;
    // Words that stand are not laid out again with every frame.
    if (rate.textContent !== words) rate.textContent = words;
    rate.dataset.due = String(counted.due);
    rate.dataset.dropped = String(counted.dropped);
  };
  const showClock = (): void => {
    const isPlaying = viewer.playing;
    play.setAttribute('aria-label', isPlaying ? 'Pause' : 'Play');
    play.querySelector('path')?.setAttribute('d', isPlaying ? PAUSE : PLAY);
    loop.setAttribute('aria-pressed', String(player.loop !== null));
    loop.textContent = viewer.contraction ? 'Loop contraction' : 'Loop';
    apart.setAttribute('aria-pressed', String(!player.linked));
    oneClock.textContent = player.linked ? 'one clock' : 'one at a time';
    for (const one of speeds)
      one.setAttribute('aria-pressed', String(Number(one.dataset.speed) === player.speed));
    ends.show();
    showFrame();
  };
  viewer.on('frame', showFrame);
  viewer.on('play', showClock);
  viewer.on('pane', showClock);
  viewer.on('clip', showClock);
  showClock();
  return acts;
}

function sayWhere(viewer: OpenViewer): void {
  const { index, frame, time, clip } = viewer.active;
  const place = index === 0 ? 'Left' : 'Right';
  viewer.say(`${place} picture: frame ${frame} of ${clip?.frames ?? 0}, ${time.toFixed(PLACES)} seconds`);
}

/** The offset between the pictures: a range that is dragged, or moved by keys a frame at a time. */
function connectOffset(viewer: OpenViewer): void {
  const { root } = viewer;
  const range = partOf<HTMLInputElement>(root, 'offset');
  const [words, now] = [partOf(root, 'offset-words'), partOf(root, 'offset-now')];
  const show = (): void => {
    const [left, right] = viewer.panes;
    const most = Math.max(left.duration, right.duration);
    const [, seconds] = viewer.offsets;
    range.min = String(-most);
    range.max = String(most);
    range.step = String(1 / (rateOf(right.clip?.times ?? []) || 1));
    range.value = String(seconds);
    words.textContent = `offset ${offsetWords(seconds)}`;
    now.textContent = offsetWords(seconds);
  };
  range.addEventListener('input', () => {
    viewer.pause();
    viewer.setOffset(range.valueAsNumber);
  });
  for (const event of ['play', 'clip', 'pane'] as const) viewer.on(event, show);
  viewer.on('frame', () => viewer.playing || show());
  show();
}
