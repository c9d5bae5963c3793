import { CLOSED_WORDS, correctionPath } from '../closed-words.ts';
import type { MeasuredValue } from '../measured-value.ts';
import { toolOf } from '../tools.ts';
import type { AskedForms } from './asked-form.ts';
import { button, el } from './dom.ts';
import type { Marking } from './marking.ts';
import { isUnderWay, type Store } from './store.ts';
import { errorWords, valueWords } from './words.ts';

export interface ValuesActs {
  readonly step: () => string;
  readonly send: () => void;
  readonly guess: () => void;
  readonly remove: (id: string) => void;
  readonly sideBySide: () => void;
  readonly setScale: (mm: string) => void;
}

/** The numbers of the chosen measure with their errors, and what to do next. */
export function mountValues(store: Store, marking: Marking, forms: AskedForms, acts: ValuesActs): () => void {
  const place = store.viewer.part('values');
  const [head, next, numbers, list] = [
    el('h2', {}),
    el('div', { class: 'next' }),
    el('div', {}),
    el('div', {}),
  ];
  const refused = el('p', { class: 'notice danger small', role: 'alert', hidden: true });
  place.append(el('section', { class: 'stack' }, head, refused, next, numbers, list));
  let nextKey = '';
  return () => {
    const { tool, selected, refusal } = store;
    const { draft } = marking;
    head.textContent = draft?.kind === 'scale' ? 'Set the scale' : `${tool.name}, measured`;
    refused.hidden = refusal === null;
    refused.textContent = refusal ?? '';
    // The form keeps the focus while marks are set: it is made anew only where something else is asked.
    const key = [
      tool.id,
      store.closed,
      draft?.kind,
      draft?.points.length,
      selected?.id,
      selected?.status,
    ].join();
    if (key !== nextKey) next.replaceChildren(...nextParts(store, marking, forms, acts));
    nextKey = key;
    numbers.replaceChildren(...(draft?.kind === 'scale' ? [] : numberParts(store, acts)));
    list.replaceChildren(...measureList(store, acts));
  };
}

function nextParts(store: Store, marking: Marking, forms: AskedForms, acts: ValuesActs): (Node | string)[] {
  const { draft } = marking;
  const { tool, selected } = store;
  if (store.closed) return closedParts(store);
  if (draft?.kind === 'scale') return scaleParts(marking, acts);
  if (draft?.kind === 'marking') {
    const isWhole = draft.points.length >= tool.least;
    return [
      el('p', { class: 'small' }, acts.step()),
      ...(tool.asks.length > 0 ? [forms.of(tool)] : []),
      el(
        'div',
        { class: 'row' },
        isWhole ? button('Measure', acts.send, { class: 'primary' }) : null,
        tool.id === 'fascicle' && draft.points.length === 0 ? button('Find the lines', acts.guess) : null,
        draft.points.length > 0 ? button('One back', () => marking.back()) : null,
        button('Leave', () => marking.cancel()),
      ),
    ];
  }
  if (selected && isUnderWay(selected)) return [];
  return [
    el(
      'div',
      { class: 'row' },
      button(selected ? 'Mark anew' : 'Mark', () => marking.begin()),
      selected ? button('Move by keys', () => marking.moveByKeys(store.viewer.active)) : null,
    ),
  ];
}

/** What is signed stays; a correction opens it again. */
function closedParts({ viewer }: Store): Node[] {
  const link = el('a', { href: correctionPath(viewer.exam.id) }, 'Write a correction');
  return [el('p', { class: 'small' }, CLOSED_WORDS, ' ', link)];
}

function scaleParts(marking: Marking, acts: ValuesActs): Node[] {
  const { draft } = marking;
  const isWhole = (draft?.points.length ?? 0) >= 2;
  const input = el('input', {
    name: 'mm',
    type: 'number',
    min: 1,
    max: 500,
    step: 'any',
    inputmode: 'decimal',
  });
  const send = (): void => acts.setScale(input.value);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') send();
  });
  if (isWhole) queueMicrotask(() => input.focus());
  return [
    el('p', { class: 'small' }, acts.step()),
    ...(isWhole ? [el('label', { class: 'small' }, el('span', {}, 'How many millimetres'), input)] : []),
    el(
      'div',
      { class: 'row' },
      isWhole ? button('Set the scale', send, { class: 'primary' }) : null,
      button('Leave', () => marking.cancel()),
    ),
    el('p', { class: 'tiny soft' }, 'Everything measured in this clip is measured anew with it.'),
  ];
}

function numberParts(store: Store, acts: ValuesActs): Node[] {
  const { selected, tool, state } = store;
  if (!selected)
    return [el('p', { class: 'small soft' }, 'Nothing is measured with this tool in these pictures.')];
  if (isUnderWay(selected)) return progressParts(store, acts);
  if (selected.status === 'failed')
    return [el('p', { class: 'notice warn small' }, selected.failure ?? 'This could not be measured.')];
  const values = state.values.filter(({ analysisIds }) => analysisIds.includes(selected.id));
  const result = store.resultOf(selected.id);
  const [first] = values;
  const isPair = selected.chosen?.rest != null && selected.chosen.contraction != null;
  return [
    el('dl', { class: 'vals' }, ...values.map((one) => valueLine(one, tool.quantities.length === 1))),
    isPair ? button('Rest beside contraction', acts.sideBySide) : el('span', {}),
    el('p', { class: 'tiny soft' }, methodWords(first, result?.scale ?? null)),
    el('p', { class: 'tiny soft' }, detectableWords(values)),
    ...(tool.caveats ?? []).map((words) => el('p', { class: 'tiny soft' }, words)),
  ];
}

function progressParts({ selected, closed }: Store, acts: ValuesActs): Node[] {
  const progress = selected?.progress;
  const words = progress
    ? `Following the marks: ${progress.done} of ${progress.of}`
    : 'Following the marks begins';
  return [
    el(
      'div',
      { class: 'stack' },
      el(
        'label',
        { class: 'small' },
        words,
        el('progress', { value: progress?.done ?? null, max: progress?.of ?? null }),
      ),
      closed ? null : button('Stop', () => selected && acts.remove(selected.id)),
    ),
  ];
}

function valueLine(
  { code, label, value, unit, standardError }: MeasuredValue,
  isAlone: boolean,
): HTMLElement {
  const state = code.endsWith('.rest') ? 'rest' : code.endsWith('.contraction') ? 'contraction' : null;
  // The heading says already what it is of.
  const name = isAlone && state ? { rest: 'Rest', contraction: 'Contraction' }[state] : label;
  const isSum = isAlone && (code === 'us.retraction' || code.endsWith('.change'));
  return el(
    'div',
    { class: isSum ? 'sum' : null },
    el('dt', {}, state ? el('span', { class: `sw ${state}` }) : null, name),
    el(
      'dd',
      {},
      el('b', {}, valueWords(value, unit).split(' ')[0] ?? ''),
      ' ',
      el('span', { class: 'small' }, standardError === null ? unit : errorWords(standardError, value, unit)),
    ),
  );
}

function methodWords(
  first: MeasuredValue | undefined,
  scale: { readonly set: boolean; readonly region: number; readonly lateral: number } | null,
): string {
  const from = scale
    ? `${scale.set ? 'scale set by hand' : `scale from region ${scale.region}`}, ${scale.lateral.toPrecision(2)} mm per pixel.`
    : '';
  const method = `Method ${first?.methodVersion ?? ''}; ${from}`.replace(/; $/, '.');
  return [first?.note, method].filter(Boolean).join(' ');
}

function detectableWords(values: readonly MeasuredValue[]): string {
  const known = values.find(({ minimalDetectableChange }) => minimalDetectableChange !== null);
  if (!known || known.minimalDetectableChange === null)
    return 'How large a change between examinations must be to count is not known for this measure.';
  return `Between examinations a change counts beyond ${valueWords(known.minimalDetectableChange, known.unit)} (${known.citation}).`;
}

function measureList(store: Store, acts: ValuesActs): Node[] {
  const { state, selected, viewer } = store;
  if (state.analyses.length === 0) return [];
  const items = state.analyses.map((one) => {
    const name = toolOf(one.tool)?.name ?? one.tool;
    const clip = viewer.exam.clips.find(({ id }) => id === one.instanceId);
    const choose = button(`${name} · ${clip?.title ?? 'clip'}`, () => {
      if (!viewer.panes.some((pane) => pane.clip?.id === one.instanceId))
        viewer.showClip(viewer.active.index, one.instanceId, one.marks.frame);
      store.select(one.id);
    });
    choose.setAttribute('aria-pressed', String(one.id === selected?.id));
    return el(
      'li',
      { class: 'row' },
      choose,
      store.closed ? null : button('Remove', () => acts.remove(one.id), { 'aria-label': `Remove ${name}` }),
    );
  });
  return [
    el(
      'details',
      {},
      el('summary', { class: 'small' }, `All measures (${items.length})`),
      el('ul', { class: 'measures' }, ...items),
    ),
  ];
}
