import type { Pane, Viewer } from '../../viewer/client/contracts.ts';
import { CLOSED_WORDS } from '../closed-words.ts';
import { valueAt } from '../result.ts';
import { askedForms } from './asked-form.ts';
import { mountCurve } from './curve-part.ts';
import { type Draft, openMarking } from './marking.ts';
import { drawOverlay } from './overlay.ts';
import { wholeInFrame } from './places-in-frame.ts';
import { mountProbe } from './probe-part.ts';
import { mountRail } from './rail.ts';
import { openStore } from './store.ts';
import { mountTracked } from './tracked-part.ts';
import { mountValues } from './values-part.ts';
import { valueWithError } from './words.ts';

/** Puts measuring into the viewer: tools, marks over the pictures, the curve under them, the numbers beside them. */
export function mountMeasuring(viewer: Viewer): void {
  const store = openStore(viewer);
  const forms = askedForms(store);
  const parts: (() => void)[] = [];
  const overlays = (): void => {
    for (const pane of viewer.panes) drawOverlay(store, pane, marking.draft);
  };
  const draw = (): void => {
    overlays();
    for (const part of parts) part();
  };
  const marking = openMarking(store, {
    handles: (pane) => handlesOf(pane),
    step: (draft) => stepOf(draft),
    changed: draw,
    send: (draft) => void send(draft),
  });

  const handlesOf = (pane: Pane) =>
    store.state.analyses.flatMap((one) => {
      if (
        store.closed ||
        one.instanceId !== pane.clip?.id ||
        one.tool !== store.tool.id ||
        one.status === 'working'
      )
        return [];
      const points = wholeInFrame(one, store.resultOf(one.id), pane.frame);
      return points ? [{ analysis: one.id, points }] : [];
    });
  const stepOf = ({ kind, points }: Draft): string => {
    if (kind === 'scale')
      return (
        ['Set one end of a distance that you know, such as the ruler.', 'Set its other end.'][
          points.length
        ] ?? 'Say how long it is.'
      );
    const { steps, least } = store.tool;
    if (points.length >= least && points.length >= steps.length && store.tool.drawn === 'pairs')
      return 'Everything is set.';
    return steps[Math.min(points.length, steps.length - 1)] ?? '';
  };
  const send = async (draft: Draft): Promise<void> => {
    if (draft.kind === 'scale') return draw();
    const before = store.state.analyses.find(({ id }) => id === draft.replaces);
    const asked = before ? before.marks.asked : forms.answers(store.tool);
    if (!asked) return store.refuse('Say first what is needed beside the marks.');
    const marks = JSON.stringify({ frame: draft.frame, points: draft.points, asked });
    const fields = { instanceId: draft.clip.id, tool: store.tool.id, marks, replaces: before?.id ?? '' };
    const answer = await store.change('/analyses', fields, ({ id }) =>
      before
        ? { rest: `/analyses/${before.id}/restore`, fields: { instead: String(id) }, words: 'mark moved' }
        : { rest: `/analyses/${id}/remove`, words: `${store.tool.name} measured` },
    );
    if (!answer) return;
    marking.clear();
    store.select(String(answer.id));
  };

  parts.push(
    mountRail(store, marking, { hurtsNow: () => void hurtsNow() }),
    mountValues(store, marking, forms, {
      step: () => (marking.draft ? stepOf(marking.draft) : ''),
      send: () => marking.finish(),
      guess: () => void guess(),
      remove: (id) => void remove(id),
      sideBySide: () => sideBySide(),
      setScale: (mm) => void setScale(mm),
    }),
    mountTracked(store, { keepFrame: () => void keepFrame(), goTo }),
    mountCurve(store),
    mountProbe(store),
  );

  const guess = async (): Promise<void> => {
    const { active } = viewer;
    if (!active.clip) return;
    const found = await store.change('/guess', { instanceId: active.clip.id, frame: String(active.frame) });
    const places = found?.places as Draft['points'] | undefined;
    if (!places) return;
    const confidence = Math.round(100 * Number(found?.confidence ?? 0));
    viewer.say(`The lines were found with ${confidence} % confidence. Look at them, and move what is wrong.`);
    marking.begin('marking', places);
  };
  const remove = async (id: string): Promise<void> => {
    const restore = { rest: `/analyses/${id}/restore`, words: 'measure removed' };
    if (await store.change(`/analyses/${id}/remove`, {}, () => restore))
      viewer.say('Removed. Ctrl and Z bring it back.');
  };
  const sideBySide = (): void => {
    const { selected } = store;
    const { rest, contraction } = selected?.chosen ?? {};
    if (!selected || rest == null || contraction == null) return;
    viewer.showClip(0, selected.instanceId, rest);
    viewer.showClip(1, selected.instanceId, contraction);
    viewer.align();
    loopAround();
  };
  const loopAround = (): void => {
    const { selected } = store;
    const clip = viewer.panes[1].clip;
    const largest = store.resultOf(selected?.id)?.phases?.contractions.find(({ onset, end }) => {
      const at = selected?.chosen?.contraction ?? -1;
      return at >= onset && (end === null || at <= end);
    });
    const fits = clip !== null && clip.id === selected?.instanceId && largest;
    const from = fits ? (clip.times[largest.onset] ?? 0) : 0;
    const to = fits ? (clip.times[largest.end ?? clip.frames - 1] ?? from) : 0;
    viewer.setContraction(fits ? { from, to } : null);
  };
  const setScale = async (mm: string): Promise<void> => {
    const { draft } = marking;
    const [from, to] = draft?.points ?? [];
    if (!draft || !from || !to) return;
    const places = { fromX: from.x, fromY: from.y, toX: to.x, toY: to.y };
    const fields = Object.entries(places).map(([name, value]) => [name, String(value)] as const);
    const set = { instanceId: draft.clip.id, mm, ...Object.fromEntries(fields) };
    // Regions are part of the page: it is read anew, at the same frames.
    if (await store.change('/scale', set)) location.reload();
  };
  const hurtsNow = async (): Promise<void> => {
    const { clip, time } = viewer.active;
    if (store.closed) return viewer.say(CLOSED_WORDS);
    if (!clip) return;
    const fields = { instanceId: clip.id, timeS: String(time) };
    const marked = await store.change('/moments', fields, ({ id }) => ({
      ...{ rest: `/moments/${id}/remove`, words: 'pain mark set' },
    }));
    if (marked) viewer.say(`Pain marked at ${time.toFixed(2)} seconds.`);
  };
  const keepFrame = async (): Promise<void> => {
    const { clip, frame } = viewer.active;
    if (store.closed) return viewer.say(CLOSED_WORDS);
    if (!clip) return;
    const { selected, tool } = store;
    const drawn = selected?.instanceId === clip.id ? selected : null;
    const result = store.resultOf(drawn?.id);
    const value = result ? valueAt(result, result.series[0], frame) : null;
    const unit = tool.quantities[0]?.unit ?? 'mm';
    const words = value ? `${tool.name} ${valueWithError(value.value, value.standardError, unit)}` : '';
    const caption = [clip.title, words].filter(Boolean).join(': ');
    const fields = {
      instanceId: clip.id,
      frame: String(frame),
      caption,
      analysisId: value ? (drawn?.id ?? '') : '',
    };
    const kept = await store.change('/key-frames', fields, ({ id }) => ({
      ...{ rest: `/key-frames/${id}/remove`, words: 'frame kept for the report' },
    }));
    if (kept) viewer.say(`Frame ${frame} is kept for the report.`);
  };
  function goTo(instanceId: string, frame: number): void {
    const pane = viewer.panes.find(({ clip }) => clip?.id === instanceId);
    if (pane) viewer.goTo(pane.index, frame);
    else viewer.showClip(viewer.active.index, instanceId, frame);
  }

  viewer.addKey('r', 'Keep this frame for the report', () => void keepFrame());
  viewer.addKey('x', 'Move the marks by keys', () => {
    viewer.setPointer(marking.pointer);
    if (!marking.moveByKeys(viewer.active)) viewer.say('There are no marks in this frame.');
  });
  document.addEventListener('keydown', (event) => {
    const isField = event.target instanceof Element && event.target.closest('input, textarea, select');
    if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || isField)
      return;
    event.preventDefault();
    if (store.closed) viewer.say(CLOSED_WORDS);
    else if (marking.draft) marking.back();
    else void store.undo();
  });
  for (const event of ['frame', 'view', 'clip'] as const) viewer.on(event, overlays);
  for (const event of ['clip', 'pane'] as const) viewer.on(event, draw);
  store.onChange(() => {
    draw();
    loopAround();
  });
  store.onReady((id) => {
    if (store.selected?.id === id) sideBySide();
    const rest = store.state.values.find(({ analysisIds }) => analysisIds.includes(id));
    viewer.say(rest ? `${store.tool.name} is measured.` : 'The marks were followed.');
  });
  viewer.setPointer(marking.pointer);
  draw();
}
