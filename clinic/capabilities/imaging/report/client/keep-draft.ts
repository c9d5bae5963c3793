/** A pause in typing after which the draft is kept. */
const PAUSE_MS = 2_000;
/** Whoever never pauses loses no more than this. */
const LONGEST_MS = 10_000;
/** How long until a draft that could not be sent is sent again. */
const AGAIN_MS = 5_000;

interface Keeper {
  readonly form: HTMLFormElement;
  readonly status: HTMLElement;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first change was made that is not kept yet; null where all is kept. */
  changedAt: number | null;
  sending: Promise<void> | null;
  /** Nothing is kept any more: somebody else was faster, or the desk is locked. */
  stopped: boolean;
}

/** Keeps what is typed in a report a moment after it was typed, by the same rules as the button, and says when. */
export function keepDraft(form: HTMLFormElement, status: HTMLElement): void {
  const keeper: Keeper = { form, status, timer: undefined, changedAt: null, sending: null, stopped: false };
  const changed = ({ target }: Event) => {
    // Captions beside their pictures belong to the form without standing in it.
    if (target instanceof HTMLElement && 'form' in target && target.form === form) note(keeper);
  };
  document.addEventListener('input', changed);
  document.addEventListener('change', changed);
  form.addEventListener('submit', (event) => handOver(keeper, event));
  const leaving = () => {
    if (keeper.changedAt !== null && !keeper.stopped) void send(keeper, true);
  };
  addEventListener('pagehide', leaving);
  document.addEventListener('visibilitychange', () => document.hidden && leaving());
  if (form.dataset.keepDraft === 'unsaved') note(keeper);
}

function note(keeper: Keeper): void {
  if (keeper.stopped) return;
  keeper.changedAt ??= Date.now();
  wait(keeper, Math.max(0, Math.min(PAUSE_MS, keeper.changedAt + LONGEST_MS - Date.now())));
}

function wait(keeper: Keeper, ms: number): void {
  clearTimeout(keeper.timer);
  keeper.timer = setTimeout(() => void send(keeper, false), ms);
}

/** Sends one draft at a time: each carries the number that the one before was given. */
async function send(keeper: Keeper, isLeaving: boolean): Promise<void> {
  clearTimeout(keeper.timer);
  if (keeper.sending) {
    if (!isLeaving) wait(keeper, PAUSE_MS);
    return;
  }
  keeper.sending = post(keeper, isLeaving);
  await keeper.sending;
  keeper.sending = null;
}

async function post(keeper: Keeper, isLeaving: boolean): Promise<void> {
  const { form } = keeper;
  const { changedAt } = keeper;
  keeper.changedAt = null;
  const fields = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  const answer = await fetch(form.action, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams([...fields, ['do', 'draft']]),
    keepalive: isLeaving,
    redirect: 'manual',
  }).catch(() => null);
  if (answer?.ok) return kept(keeper, (await answer.json()) as { revision: number; at: number });
  keeper.changedAt ??= changedAt;
  if (answer && answer.status !== 422 && answer.status < 500) return stop(keeper, answer.status);
  if (answer?.status === 422) return say(keeper, 'Not saved: one of the texts is too long.');
  say(keeper, 'Not saved: the clinic cannot be reached. This tries again.');
  wait(keeper, AGAIN_MS);
}

function kept(keeper: Keeper, { revision, at }: { revision: number; at: number }): void {
  const field = keeper.form.elements.namedItem('revision');
  if (field instanceof HTMLInputElement) field.value = String(revision);
  const { lang } = document.documentElement;
  const time = new Date(at).toLocaleTimeString(lang || undefined, { hour: '2-digit', minute: '2-digit' });
  say(keeper, `Saved ${time}`);
}

function stop(keeper: Keeper, status: number): void {
  keeper.stopped = true;
  say(
    keeper,
    status === 409
      ? 'Not saved: this report was kept or signed in another window meanwhile. “Keep as a draft” shows both.'
      : 'Not saved: the desk is locked. Unlock it in another tab, then press “Keep as a draft”.',
  );
}

function say({ status }: Keeper, words: string): void {
  if (status.textContent !== words) status.textContent = words;
}

/** A press of a button waits for the draft that is on its way, so that nobody is overtaken by themselves. */
function handOver(keeper: Keeper, event: SubmitEvent): void {
  clearTimeout(keeper.timer);
  const { form, sending } = keeper;
  if (!sending) {
    keeper.stopped = true;
    return;
  }
  event.preventDefault();
  void sending.then(() => {
    clearTimeout(keeper.timer);
    keeper.stopped = true;
    form.requestSubmit(event.submitter);
  });
}
