const WAIT_MS = 150;
const LEAST_LETTERS = 2;

/** Finds people while their name is being typed. Arrow down goes to the first, Enter takes it. */
export function enableSuggestions(form: HTMLElement): void {
  const input = form.querySelector<HTMLInputElement>('[data-suggest]');
  const list = form.querySelector<HTMLElement>('#suggestions');
  if (!input || !list) return;
  const count = form.querySelector('[data-suggest-count]');
  let timer = 0;
  let running: AbortController | null = null;

  const find = async () => {
    const query = input.value.trim();
    running?.abort();
    if (query.length < LEAST_LETTERS) {
      list.replaceChildren();
      return;
    }
    running = new AbortController();
    const { signal } = running;
    const response = await fetch(`/desk/people/suggest?q=${encodeURIComponent(query)}`, { signal }).catch(
      () => null,
    );
    if (!response?.ok || signal.aborted) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const chosen = form.querySelector<HTMLInputElement>('[name=patientId]:checked')?.value;
    list.replaceChildren(...page.body.childNodes);
    const found = [...list.querySelectorAll<HTMLInputElement>('[name=patientId]')];
    for (const radio of found) radio.checked = radio.value === chosen;
    const text = found.length === 0 ? `Nobody found for “${query}”.` : `${found.length} found.`;
    if (count) count.textContent = text;
    if (found.length === 0) list.textContent = text;
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void find(), WAIT_MS);
  });
  input.addEventListener('keydown', (event) => {
    const first = list.querySelector<HTMLInputElement>('[name=patientId]');
    if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      first.focus();
      first.checked = true;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!first) return;
      first.checked = true;
      form.querySelector<HTMLElement>('[value=book]')?.focus();
    }
  });
  prefillNewPerson(form, input);
}

/** Who was searched for and not found need not be typed twice. */
function prefillNewPerson(form: HTMLElement, input: HTMLInputElement): void {
  form.querySelector('[name=patientId][value=new]')?.addEventListener('change', () => {
    const [given, family] = ['givenName', 'familyName'].map((name) =>
      form.querySelector<HTMLInputElement>(`[name=${name}]`),
    );
    if (!given || !family || given.value || family.value) return;
    const words = input.value
      .replace(/[^\p{L}\p{M}' -]/gu, ' ')
      .trim()
      .split(/\s+/)
      .filter(Boolean);
    family.value = words.pop() ?? '';
    given.value = words.join(' ');
    (given.value ? form.querySelector<HTMLElement>('[name=birthDate]') : given)?.focus();
  });
}
