import type { PointerTool, Viewer, ViewerEvent, ViewerExam, ViewerPart } from './contracts.ts';
import { durationOf, frameAt } from './frame-times.ts';
import { connectGestures, type Mode } from './gestures.ts';
import { partOf } from './parts.ts';
import { clampSpan, type Span } from './play-clock.ts';
import { createPlayer, type Player } from './player.ts';
import { clipSources, openPane, type ViewPane } from './view-pane.ts';

/** What a key does. */
export interface KeyAct {
  readonly words: string;
  readonly run: () => void;
}

/** The viewer as its own controls move it. */
export interface OpenViewer extends Viewer {
  readonly panes: readonly [ViewPane, ViewPane];
  readonly active: ViewPane;
  readonly player: Player;
  readonly mode: Mode;
  readonly contraction: Span | null;
  /** Whether a tool of others has the pointer. */
  readonly hasTool: boolean;
  readonly addedKeys: ReadonlyMap<string, KeyAct>;
  setMode(mode: Mode): void;
  setLinked(linked: boolean): void;
  setOffset(seconds: number): void;
  onContrast(listener: (pane: ViewPane) => void): void;
  onKeyAdded(listener: (key: string, words: string) => void): void;
  /** A key for the tool that has the pointer; true where it was used. */
  keyForTool(event: KeyboardEvent): boolean;
}

interface Shown {
  readonly clip: string;
  readonly frame: number;
}

/** A loop shorter than this shows nothing. */
const SHORTEST_LOOP_S = 0.1;

/** Opens the viewer on what the server wrote: two figures, and where each begins. */
export function openViewer(
  root: HTMLElement,
  exam: ViewerExam,
  pictures: readonly [Shown, Shown],
): OpenViewer {
  const events = listeners<ViewerEvent>();
  const contrasts: ((pane: ViewPane) => void)[] = [];
  const toolLeft: (() => void)[] = [];
  const keyAdded: ((key: string, words: string) => void)[] = [];
  const addedKeys = new Map<string, KeyAct>();
  const said = partOf(root, 'said');
  let active: 0 | 1 = 0;
  let mode: Mode = 'pan';
  let tool: PointerTool | null = null;
  let contraction: Span | null = null;

  let isRefreshing = false;
  /** News of loading comes many times within a frame of the screen; what is seen seldom changes by it. */
  const refreshSoon = (): void => {
    if (isRefreshing) return;
    isRefreshing = true;
    requestAnimationFrame(() => {
      isRefreshing = false;
      for (const pane of panes) pane.showLoading();
      if (player.playing) return;
      const before = panes.map(({ drawn }) => drawn);
      player.refresh();
      if (panes.some(({ drawn }, index) => drawn !== before[index])) events.emit('frame');
    });
  };
  const sources = clipSources(refreshSoon);
  const paneOf = (index: 0 | 1): ViewPane => {
    const figure = root.querySelector<HTMLElement>(`[data-pane="${index}"]`);
    if (!figure) throw new Error('The page lacks a picture');
    return openPane(figure, index, () => {
      if (!player.playing) requestAnimationFrame(() => player.refresh());
      events.emit('view');
    });
  };
  const panes = [paneOf(0), paneOf(1)] as const;
  const player: Player = createPlayer(panes, {
    active: () => active,
    framed: () => events.emit('frame'),
    changed: () => events.emit('play'),
  });

  const captions = (): void => {
    panes[0].caption(panes[1].clip);
    panes[1].caption(panes[0].clip);
  };
  const show = (index: 0 | 1, clipId: string, frame: number): void => {
    const clip = exam.clips.find(({ id }) => id === clipId);
    if (!clip) return;
    const pane = panes[index];
    pane.seconds = clip.times[Math.min(frame, clip.frames - 1)] ?? 0;
    pane.open(sources.of(clip, frameAt(clip.times, pane.seconds)), panes[index === 0 ? 1 : 0].clip);
    captions();
    sources.keep(panes.map((one) => one.clip));
    pane.showLoading();
  };
  const feel = (): void => {
    for (const { stage } of panes) {
      stage.element.style.cursor =
        tool?.cursor ?? (mode === 'pan' ? '' : mode === 'zoom' ? 'ns-resize' : 'move');
      stage.element.dataset.hand = tool || mode !== 'pan' ? 'busy' : 'free';
    }
  };

  const viewer: OpenViewer = {
    root,
    exam,
    panes,
    player,
    addedKeys,
    get active() {
      return panes[active];
    },
    get time() {
      return panes[0].seconds;
    },
    get offsets() {
      return [0, player.offset] as const;
    },
    get playing() {
      return player.playing;
    },
    get linked() {
      return player.linked;
    },
    get mode() {
      return mode;
    },
    get hasTool() {
      return tool !== null;
    },
    get contraction() {
      return contraction;
    },
    choosePane(index) {
      if (!panes[index].clip) return;
      active = index;
      for (const { figure } of panes) delete figure.dataset.active;
      panes[index].figure.dataset.active = '';
      events.emit('pane');
    },
    showClip(index, clipId, frame = 0) {
      player.pause();
      show(index, clipId, frame);
      player.refresh();
      events.emit('clip');
    },
    goTo(index, frame) {
      player.pause();
      player.goTo(index, frame);
    },
    play: () => player.play(),
    pause: () => player.pause(),
    setLoop(span) {
      const times = panes[1].clip?.times ?? [];
      player.setLoop(span ? clampSpan(span, durationOf(times), SHORTEST_LOOP_S) : null);
    },
    setContraction(span) {
      contraction = span;
      if (player.loop && span) viewer.setLoop(span);
      events.emit('play');
    },
    align() {
      player.setLinked(true);
      viewer.say('The pictures as they stand are the same moment.');
    },
    on: events.on,
    setPointer(next) {
      tool?.cancel?.();
      tool = next;
      if (next) mode = 'pan';
      feel();
      events.emit('pane');
    },
    onToolLeft: (listener) => {
      toolLeft.push(listener);
      return () => toolLeft.splice(toolLeft.indexOf(listener), 1);
    },
    say(words) {
      said.textContent = words;
    },
    part: (name: ViewerPart) => partOf(root, name),
    addKey(key, words, run) {
      addedKeys.set(key.toLowerCase(), { words, run });
      for (const listener of keyAdded) listener(key, words);
    },
    setMode(next) {
      if (tool && next !== 'pan') {
        tool.cancel?.();
        tool = null;
        for (const listener of toolLeft) listener();
      }
      mode = next;
      feel();
      events.emit('pane');
    },
    setLinked: (linked) => player.setLinked(linked),
    setOffset(seconds) {
      player.offset = seconds;
      events.emit('play');
    },
    onContrast: (listener) => contrasts.push(listener),
    onKeyAdded: (listener) => keyAdded.push(listener),
    keyForTool: (event) => tool?.key?.(event, panes[active]) ?? false,
  };

  for (const [index, { clip, frame }] of pictures.entries()) show(index === 0 ? 0 : 1, clip, frame);
  for (const pane of panes)
    connectGestures(pane, {
      mode: () => mode,
      tool: () => tool,
      chosen: ({ index }) => viewer.choosePane(index),
      contrasted: (one) => {
        for (const listener of contrasts) listener(one);
      },
    });
  // A page in the background has nobody to play for.
  document.addEventListener('visibilitychange', () => document.hidden && player.pause());
  viewer.choosePane(0);
  feel();
  player.refresh();
  return viewer;
}

function listeners<Name extends string>() {
  const known = new Map<Name, Set<() => void>>();
  return {
    on(name: Name, listener: () => void): () => void {
      const of = known.get(name) ?? new Set();
      known.set(name, of.add(listener));
      return () => of.delete(listener);
    },
    emit(name: Name): void {
      for (const listener of known.get(name) ?? []) listener();
    },
  };
}
