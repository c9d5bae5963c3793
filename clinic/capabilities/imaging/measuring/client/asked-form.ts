import type { Ask, Asked, Tool } from '../tools/tool.ts';
import { el } from './dom.ts';
import type { Store } from './store.ts';
import { valueWords } from './words.ts';

/** What must be known beside the marks: kept for each tool, so that nothing typed is lost. */
export function askedForms(store: Store) {
  const said = new Map<string, Record<string, string>>();
  const forms = new Map<string, HTMLElement>();
  const answersOf = (tool: Tool): Record<string, string> => {
    const known = said.get(tool.id) ?? {};
    said.set(tool.id, known);
    return known;
  };
  return {
    /** The questions of a tool as fields. */
    of(tool: Tool): HTMLElement {
      const known = forms.get(tool.id);
      if (known && !tool.asks.some(({ from }) => from)) return known;
      const fields = tool.asks.map((ask) => field(store, ask, answersOf(tool)));
      const form = el('div', { class: 'asked' }, ...fields);
      forms.set(tool.id, form);
      return form;
    },
    /** What was answered; null where something required is missing, which then has the focus. */
    answers(tool: Tool): Asked | null {
      const known = answersOf(tool);
      const missing = tool.asks.find(({ name, required }) => required && !known[name]);
      if (missing) {
        forms.get(tool.id)?.querySelector<HTMLElement>(`[name="${missing.name}"]`)?.focus();
        return null;
      }
      return Object.fromEntries(Object.entries(known).filter(([, value]) => value));
    },
  };
}

export type AskedForms = ReturnType<typeof askedForms>;

function field(store: Store, ask: Ask, answers: Record<string, string>): HTMLElement {
  const { name, label, required, hint } = ask;
  const options = ask.from ? distances(store) : ask.options;
  const control = options
    ? el(
        'select',
        { name },
        el('option', { value: '' }, required ? 'Choose' : 'None'),
        ...options.map(([value, words]) => el('option', { value, selected: answers[name] === value }, words)),
      )
    : el('input', { name, type: 'text', maxlength: 120, value: answers[name] ?? '' });
  control.addEventListener('input', () => {
    answers[name] = control.value;
  });
  return el(
    'label',
    { class: 'small' },
    el('span', {}, required ? `${label} (needed)` : label),
    control,
    hint ? el('span', { class: 'tiny soft' }, hint) : null,
  );
}

function distances({ state }: Store): readonly (readonly [string, string])[] {
  return state.analyses.flatMap(({ id, tool, status }) => {
    if (tool !== 'distance' || status !== 'ready') return [];
    const value = state.values.find(({ analysisIds }) => analysisIds.includes(id));
    return value
      ? [[id, `${value.bodySite ?? 'Distance'}: ${valueWords(value.value, value.unit)}`] as const]
      : [];
  });
}
