import type { Viewer } from '../../viewer/client/contracts.ts';
import type { AnalysisInBrief, MeasuringState } from '../measuring-state.ts';
import type { AnalysisResult } from '../result.ts';
import type { Tool, ToolId } from '../tools/tool.ts';
import { toolOf } from '../tools.ts';
import { type Api, openApi, Refused } from './api.ts';

/** How often a worker is asked how far it is. */
const POLL_MS = 350;

/** What is marked, what is chosen, and the ways to change it. */
export interface Store {
  readonly viewer: Viewer;
  readonly state: MeasuringState;
  readonly tool: Tool;
  /** The analysis whose numbers are shown. */
  readonly selected: AnalysisInBrief | null;
  readonly refusal: string | null;
  /** Signed, and no correction begun: what would mark, move or remove is not offered. */
  readonly closed: boolean;
  resultOf(id: string | undefined): AnalysisResult | null;
  chooseTool(id: ToolId): void;
  select(id: string | null): void;
  /** Does something on the server and remembers how it is taken back. Returns what was answered, or null where it was refused. */
  change(
    rest: string,
    fields: Readonly<Record<string, string>>,
    undo?: (answer: Readonly<Record<string, unknown>>) => Undo,
  ): Promise<Readonly<Record<string, unknown>> | null>;
  undo(): Promise<void>;
  refuse(words: string | null): void;
  onChange(listener: () => void): void;
  /** An analysis has just become ready. */
  onReady(listener: (id: string) => void): void;
}

/** How something is taken back: what to post, and what was done in words. */
export interface Undo {
  readonly rest: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly words: string;
}

const EMPTY = { analyses: [], moments: [], keyFrames: [], probe: null, values: [] };

/** Opens the store and reads what is marked already. */
export function openStore(viewer: Viewer): Store {
  const api: Api = openApi(viewer.exam.id);
  const results = new Map<string, AnalysisResult>();
  const listeners: (() => void)[] = [];
  const readies: ((id: string) => void)[] = [];
  const done: Undo[] = [];
  // What is signed stays closed until the server says that a correction was begun.
  let state: MeasuringState = { ...EMPTY, closed: viewer.exam.signed };
  let tool = toolOf(viewer.exam.suspicion === 'abdominal-wall' ? 'inter-recti' : 'gap') as Tool;
  let selectedId: string | null = null;
  let refusal: string | null = null;
  let polling = false;

  const emit = (): void => {
    for (const listener of listeners) listener();
  };
  const find = (id: string | null) => state.analyses.find((one) => one.id === id) ?? null;
  const clipOf = (one: AnalysisInBrief) => viewer.panes.some(({ clip }) => clip?.id === one.instanceId);
  const usual = (): AnalysisInBrief | null => {
    const ofTool = state.analyses.filter((one) => one.tool === tool.id);
    const active = ofTool.filter((one) => one.instanceId === viewer.active.clip?.id);
    return active.at(-1) ?? ofTool.filter(clipOf).at(-1) ?? null;
  };
  const loadResults = async (): Promise<void> => {
    for (const { id, status } of state.analyses) {
      if (status !== 'ready') results.delete(id);
      if (status !== 'ready' || results.has(id)) continue;
      const { result } = await api.analysis(id);
      if (result) results.set(id, result);
    }
  };
  const take = async (next: MeasuringState): Promise<void> => {
    state = next;
    emit();
    await loadResults();
    emit();
    void poll();
  };
  const poll = async (): Promise<void> => {
    if (polling) return;
    polling = true;
    while (state.analyses.some(isUnderWay)) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const waiting = state.analyses.filter(isUnderWay).map(({ id }) => id);
      const next = await api.state().catch(() => null);
      if (!next) continue;
      state = next;
      const ready = waiting.filter((id) => find(id)?.status === 'ready');
      if (ready.length > 0) await loadResults().catch(() => {});
      emit();
      for (const id of ready) for (const listener of readies) listener(id);
    }
    polling = false;
  };

  const store: Store = {
    viewer,
    get state() {
      return state;
    },
    get tool() {
      return tool;
    },
    get selected() {
      const chosen = find(selectedId);
      return chosen?.tool === tool.id && clipOf(chosen) ? chosen : usual();
    },
    get closed() {
      return state.closed;
    },
    get refusal() {
      return refusal;
    },
    resultOf: (id) => (id === undefined ? null : (results.get(id) ?? null)),
    chooseTool(id) {
      tool = toolOf(id) ?? tool;
      refusal = null;
      emit();
    },
    select(id) {
      selectedId = id;
      const chosen = find(id);
      if (chosen) tool = toolOf(chosen.tool) ?? tool;
      emit();
    },
    async change(rest, fields, undo) {
      refusal = null;
      try {
        const changed = await api.post(rest, fields);
        if (undo) done.push(undo(changed.answer ?? {}));
        await take(changed.state);
        return changed.answer ?? {};
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        store.refuse(error.message);
        return null;
      }
    },
    async undo() {
      const last = done.pop();
      if (!last) return viewer.say('There is nothing to take back.');
      if (await store.change(last.rest, last.fields ?? {})) viewer.say(`Taken back: ${last.words}.`);
    },
    refuse(words) {
      refusal = words;
      if (words) viewer.say(words);
      emit();
    },
    onChange: (listener) => listeners.push(listener),
    onReady: (listener) => readies.push(listener),
  };
  api
    .state()
    .then((first) => {
      const newest = first.analyses.findLast(clipOf);
      if (newest) tool = toolOf(newest.tool) ?? tool;
      return take(first);
    })
    .catch((error: unknown) => store.refuse(error instanceof Error ? error.message : String(error)));
  return store;
}

export function isUnderWay({ status }: Pick<AnalysisInBrief, 'status'>): boolean {
  return status === 'waiting' || status === 'working';
}
