import type { ImagePlace, Pane, PointerTool, ViewerClip } from '../../viewer/client/contracts.ts';
import type { MarkPlace } from '../tools/tool.ts';
import { drawLoupe, hideLoupe } from './loupe.ts';
import type { Store } from './store.ts';

/** Marks that are being set, or one that is being moved. */
export interface Draft {
  readonly kind: 'marking' | 'moving' | 'scale';
  readonly pane: 0 | 1;
  readonly clip: ViewerClip;
  readonly frame: number;
  readonly points: readonly MarkPlace[];
  /** Where the next place would be set, or the moved one lies now. */
  readonly cursor: MarkPlace | null;
  /** Which place is moved. */
  readonly at: number;
  /** Of the analysis that is changed. */
  readonly replaces: string | null;
}

export interface Marking {
  readonly draft: Draft | null;
  readonly pointer: PointerTool;
  /** Begins to mark with the chosen tool, or the two ends of a known distance. */
  begin(kind?: 'marking' | 'scale', points?: readonly MarkPlace[]): void;
  cancel(): void;
  /** Everything is set: sends it, or asks for what is missing first. */
  finish(): void;
  back(): void;
  /** Sent and stored: the draft is no longer needed. */
  clear(): void;
  /** Takes hold of the first mark by the keyboard; false where there is none in this frame. */
  moveByKeys(pane: Pane): boolean;
}

/** How near a handle a pointer takes hold of it, in px of the screen. */
const REACH = { mouse: 12, touch: 26 } as const;
const STEP_PX = 1;
const LONG_STEP_PX = 10;

export interface MarkingHooks {
  /** Places that can be taken hold of in a pane's frame, with the analysis they belong to. */
  handles(pane: Pane): readonly { readonly analysis: string; readonly points: readonly MarkPlace[] }[];
  /** The next thing to click, in words. */
  step(draft: Draft): string;
  changed(): void;
  send(draft: Draft): void;
}

/** Setting and moving marks by pointer, finger and keyboard. */
export function openMarking(store: Store, hooks: MarkingHooks): Marking {
  const { viewer } = store;
  let draft: Draft | null = null;
  let byKeys = false;
  const set = (next: Draft | null): void => {
    draft = next;
    if (!next) hideLoupe();
    hooks.changed();
  };
  const clamp = ({ x, y }: ImagePlace, clip: ViewerClip): MarkPlace => ({
    x: tenth(Math.min(clip.width - 1, Math.max(0, x))),
    y: tenth(Math.min(clip.height - 1, Math.max(0, y))),
  });
  const limits = () =>
    draft?.kind === 'scale'
      ? { least: 2, most: 2 }
      : { least: store.tool.least, most: store.tool.primary ?? store.tool.most };
  const setPlace = (place: MarkPlace): void => {
    if (!draft) return;
    if (draft.kind === 'moving') {
      const points = movedPlaces(draft, place, store.tool.primary);
      const moved = { ...draft, points, cursor: null };
      set(moved);
      hooks.send(moved);
      return;
    }
    const outline = draft.kind === 'marking' && store.tool.drawn === 'outline';
    const [first] = draft.points;
    const reach = REACH.mouse / (viewer.panes[draft.pane].zoom || 1);
    const last = draft.points.at(-1);
    const again = byKeys && last !== undefined && distance(last, place) < 2;
    if (outline && draft.points.length >= 3 && ((first && distance(first, place) < reach) || again)) {
      marking.finish();
      return;
    }
    set({ ...draft, points: [...draft.points, place], cursor: byKeys ? place : null });
    if (draft.points.length >= limits().most) marking.finish();
    else viewer.say(hooks.step(draft));
  };
  const beginMoving = (pane: Pane, place: ImagePlace, event: PointerEvent): boolean => {
    const reach = (event.pointerType === 'touch' ? REACH.touch : REACH.mouse) / pane.zoom;
    const near = hooks
      .handles(pane)
      .flatMap(({ analysis, points }) =>
        points.map((point, at) => ({ analysis, points, at, away: distance(point, place) })),
      )
      .filter(({ away }) => away <= reach)
      .sort((a, b) => a.away - b.away)[0];
    if (!near || !pane.clip) return false;
    viewer.pause();
    const { analysis, points, at } = near;
    set({
      kind: 'moving',
      ...{ pane: pane.index, clip: pane.clip, frame: pane.frame, points, at },
      ...{ replaces: analysis, cursor: clamp(place, pane.clip) },
    });
    return true;
  };

  const pointer: PointerTool = {
    get cursor() {
      return draft && draft.kind !== 'moving' ? 'crosshair' : '';
    },
    down(pane, place, event) {
      byKeys = false;
      if (!draft || draft.kind === 'moving') return beginMoving(pane, place, event);
      if (pane.index !== draft.pane && draft.points.length > 0) {
        viewer.say('The marks belong to one picture.');
        return false;
      }
      if (!pane.clip || !pane.contains(place)) return false;
      viewer.pause();
      set({
        ...draft,
        pane: pane.index,
        clip: pane.clip,
        frame: pane.frame,
        cursor: clamp(place, pane.clip),
      });
      drawLoupe(pane, place, event);
      return true;
    },
    move(pane, place, event) {
      if (!draft || !pane.clip) return;
      set({ ...draft, cursor: clamp(place, pane.clip) });
      drawLoupe(pane, place, event);
    },
    up(pane, place) {
      hideLoupe();
      if (!draft || !pane.clip) return;
      if (draft.kind === 'moving' && distance(draft.points[draft.at] ?? place, place) < 1 / pane.zoom)
        return set(null);
      setPlace(clamp(place, pane.clip));
    },
    hover(pane, place) {
      if (!draft || draft.kind === 'moving' || byKeys || pane.index !== draft.pane || !pane.clip) return;
      set({ ...draft, cursor: pane.contains(place) ? clamp(place, pane.clip) : null });
    },
    cancel() {
      hideLoupe();
      if (draft?.kind === 'moving') set(null);
    },
    key: (event, pane) => keyFor(event, pane),
  };

  const keyFor = (event: KeyboardEvent, pane: Pane): boolean => {
    if (!draft) return false;
    const { key, shiftKey } = event;
    const [, way] = /^Arrow(Left|Right|Up|Down)$/.exec(key) ?? [];
    if (way && !event.altKey) {
      byKeys = true;
      const by = shiftKey ? LONG_STEP_PX : STEP_PX;
      const from = draft.cursor ?? middleOf(pane);
      const next = clamp(
        {
          x: from.x + (way === 'Left' ? -by : way === 'Right' ? by : 0),
          y: from.y + (way === 'Up' ? -by : way === 'Down' ? by : 0),
        },
        draft.clip,
      );
      set({ ...draft, cursor: next });
      if (draft.kind === 'moving' || way)
        viewer.say(`${Math.round(next.x)} across, ${Math.round(next.y)} down`);
      return true;
    }
    if (key === 'Enter') {
      if (byKeys && draft.cursor) setPlace(draft.cursor);
      else if (draft.points.length >= limits().least) marking.finish();
      return true;
    }
    if (key === '.' || key === ',') return nextHandle(key === '.' ? 1 : -1);
    if (key === 'Backspace') marking.back();
    else if (key === 'Escape') marking.cancel();
    else return false;
    return true;
  };
  const nextHandle = (by: number): boolean => {
    if (draft?.kind !== 'moving') return false;
    const count = draft.points.length;
    const at = (draft.at + by + count) % count;
    byKeys = true;
    set({ ...draft, at, cursor: draft.points[at] ?? null });
    viewer.say(`Mark ${at + 1} of ${count}`);
    return true;
  };

  const marking: Marking = {
    get draft() {
      return draft;
    },
    pointer,
    begin(kind = 'marking', points = []) {
      const { active } = viewer;
      if (!active.clip) return;
      viewer.pause();
      byKeys = false;
      set({
        kind,
        ...{ pane: active.index, clip: active.clip, frame: active.frame },
        ...{ points, cursor: null, at: 0, replaces: null },
      });
      viewer.setPointer(pointer);
      if (draft) viewer.say(hooks.step(draft));
      if (points.length >= limits().least && draft) hooks.send(draft);
    },
    cancel() {
      set(null);
      viewer.say('Marking was left. Nothing was stored.');
    },
    finish() {
      if (!draft || draft.points.length < limits().least) return;
      set({ ...draft, cursor: null });
      hooks.send(draft);
    },
    back() {
      if (!draft || draft.kind === 'moving') return;
      set({ ...draft, points: draft.points.slice(0, -1) });
    },
    clear: () => set(null),
    moveByKeys(pane) {
      const [first] = hooks.handles(pane);
      if (!first || !pane.clip) return false;
      viewer.pause();
      byKeys = true;
      set({
        kind: 'moving',
        ...{ pane: pane.index, clip: pane.clip, frame: pane.frame, points: first.points },
        ...{ at: 0, replaces: first.analysis, cursor: first.points[0] ?? null },
      });
      viewer.say('Arrows move the mark, comma and full stop choose another, Enter sets it.');
      return true;
    },
  };
  viewer.onToolLeft(() => set(null));
  return marking;
}

function middleOf({ clip }: Pane): MarkPlace {
  return { x: Math.round((clip?.width ?? 0) / 2), y: Math.round((clip?.height ?? 0) / 2) };
}

/** One place moved; the tissue that belongs to a muscle's end goes along with it. */
function movedPlaces({ points, at, clip }: Draft, to: MarkPlace, primary: number | null): MarkPlace[] {
  const from = points[at] ?? to;
  const helper = primary !== null && at < primary ? at + primary : -1;
  const along = ({ x, y }: MarkPlace): MarkPlace => ({
    x: tenth(Math.min(clip.width - 1, Math.max(0, x + to.x - from.x))),
    y: tenth(Math.min(clip.height - 1, Math.max(0, y + to.y - from.y))),
  });
  return points.map((one, n) => (n === at ? to : n === helper ? along(one) : one));
}

function distance(one: ImagePlace, other: ImagePlace): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function tenth(value: number): number {
  return Math.round(10 * value) / 10;
}
