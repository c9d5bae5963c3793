// Moves a case's pictures between rest and contraction: by the slider, by dragging the picture, by keys, or by itself.

interface Shot {
  readonly offset: number;
  readonly length: number;
  /** Seconds. */
  readonly time: number;
  readonly value: number | null;
  readonly error: number | null;
}

/** A picture that was dragged across its own width has gone through all frames. */
const FULL_DRAG = 0.9;
const JUMP_MS = 450;
/** How long a picture of the loop rests at each end. */
const HELD_MS = 600;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

for (const stage of document.querySelectorAll<HTMLElement>('.case-stage')) start(stage);

function start(stage: HTMLElement): void {
  const input = find(stage, 'input');
  const canvas = find(stage, 'canvas');
  const frame = find(stage, '.case-frame');
  const state = find(stage, '.case-state');
  const shots = shotsOf(stage);
  const bitmaps: (ImageBitmap | undefined)[] = [];
  const pen = canvas.getContext('2d', { alpha: false });
  const rest = Number(stage.dataset.rest);
  const contraction = Number(stage.dataset.contraction);
  let shown = -1;
  let loading: Promise<void> | null = null;
  let motion = 0;

  const load = (): Promise<void> => {
    loading ??= fetchPictures().catch(() => {
      loading = null;
      state.textContent = 'The pictures could not be loaded. Move the slider to try again.';
    });
    return loading;
  };

  async function fetchPictures(): Promise<void> {
    state.textContent = 'Loading the pictures…';
    const answer = await fetch(stage.dataset.all ?? '');
    if (!answer.ok) throw new Error(String(answer.status));
    const bytes = await answer.blob();
    // What is looked at comes first, then its neighbours.
    const order = shots.map((_, at) => at).sort((a, b) => Math.abs(a - at()) - Math.abs(b - at()));
    for (const one of order) {
      const { offset, length } = shots[one] ?? { offset: 0, length: 0 };
      bitmaps[one] = await createImageBitmap(bytes.slice(offset, offset + length, 'image/jpeg'));
      if (one === order[0]) draw();
    }
    state.textContent = '';
    shown = -1;
    draw();
  }

  const at = (): number => Number(input.value);

  function draw(): void {
    const wanted = at();
    const bitmap = bitmaps[wanted];
    if (bitmap && wanted !== shown) {
      pen?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      canvas.hidden = false;
      shown = wanted;
    }
    const words = wordsOf(wanted);
    find(stage, 'output').textContent = words;
    input.setAttribute('aria-valuetext', words);
    const share = shots.length > 1 ? wanted / (shots.length - 1) : 0;
    stage.querySelector('.case-curve .cursor')?.setAttribute('d', `M${Math.round(share * 1000)} 0V200`);
    for (const [name, end] of [
      ['rest', rest],
      ['contraction', contraction],
    ] as const)
      find(stage, `[data-go="${name}"]`).setAttribute('aria-pressed', String(wanted === end));
  }

  function wordsOf(wanted: number): string {
    const shot = shots[wanted];
    const place = wanted === rest ? 'Rest' : wanted === contraction ? 'Contraction' : 'Between';
    const { label = '', unit = '', locale = 'en' } = stage.dataset;
    if (!shot || label === '') return place;
    const number = (value: number) =>
      value.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const value =
      shot.value === null
        ? 'lost from sight'
        : `${number(shot.value)}${shot.error === null ? '' : `\u00a0±\u00a0${number(shot.error)}`}\u00a0${unit}`;
    return `${place}: ${label.toLowerCase()} ${value}`;
  }

  function show(wanted: number): void {
    input.value = String(Math.max(0, Math.min(shots.length - 1, Math.round(wanted))));
    draw();
  }

  /** Steps with the screen until `step` says that it is over. */
  function move(step: (passedMs: number) => boolean): void {
    stop();
    const begun = performance.now();
    const next = (now: number) => {
      if (step(now - begun)) motion = requestAnimationFrame(next);
      else stop();
    };
    motion = requestAnimationFrame(next);
    mark();
  }

  function stop(): void {
    cancelAnimationFrame(motion);
    motion = 0;
    mark();
  }

  function mark(): void {
    find(stage, '[data-play]').textContent = motion === 0 ? 'Play' : 'Stop';
  }

  const loops = (): boolean => find(stage, '[data-loop]').getAttribute('aria-pressed') === 'true';

  /** From the first picture to the last and back, in the time that it took. */
  function play(): void {
    const first = shots[0]?.time ?? 0;
    const spanMs = Math.max(200, ((shots.at(-1)?.time ?? 0) - first) * 1000);
    const roundMs = 2 * (spanMs + HELD_MS);
    move((passed) => {
      if (passed >= roundMs && !loops()) {
        show(rest);
        return false;
      }
      const into = passed % roundMs;
      const there = into < spanMs + HELD_MS;
      const ms = Math.min(spanMs, there ? into : roundMs - HELD_MS - into);
      const forward = rest <= contraction;
      const seconds = Math.max(0, ms) / 1000;
      show(pictureAt(forward ? first + seconds : (shots.at(-1)?.time ?? 0) - seconds));
      return true;
    });
  }

  /** The picture that was taken last at a time. */
  function pictureAt(time: number): number {
    let found = 0;
    shots.forEach((shot, n) => {
      if (shot.time <= time + 1e-6) found = n;
    });
    return found;
  }

  function goTo(end: number): void {
    void load();
    const from = at();
    if (calm.matches) {
      stop();
      show(end);
      return;
    }
    move((passed) => {
      const share = Math.min(1, passed / JUMP_MS);
      show(from + (end - from) * share);
      return share < 1;
    });
  }

  input.addEventListener('input', () => {
    stop();
    void load();
    draw();
  });
  stage.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('button');
    if (!button) return;
    void load();
    if (button.dataset.go) goTo(button.dataset.go === 'rest' ? rest : contraction);
    else if ('loop' in button.dataset) button.setAttribute('aria-pressed', String(!loops()));
    else if (motion === 0) play();
    else stop();
  });
  drag(
    frame,
    () => ({ at: at(), count: shots.length }),
    (wanted) => {
      stop();
      void load();
      show(wanted);
    },
  );

  for (const control of stage.querySelectorAll<HTMLInputElement | HTMLButtonElement>('input, button'))
    control.disabled = false;
  draw();
  whenNear(stage, () => void load());
}

/** Dragging sideways moves through the frames; up and down still moves the page. */
function drag(
  frame: HTMLElement,
  now: () => { readonly at: number; readonly count: number },
  show: (wanted: number) => void,
): void {
  let begun: { readonly x: number; readonly at: number } | null = null;
  frame.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    begun = { x: event.clientX, at: now().at };
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener('pointermove', (event) => {
    if (!begun) return;
    const moved = (event.clientX - begun.x) / (frame.clientWidth * FULL_DRAG);
    show(begun.at + moved * (now().count - 1));
  });
  for (const end of ['pointerup', 'pointercancel'] as const)
    frame.addEventListener(end, () => {
      begun = null;
    });
}

/** Loads ahead when the pictures come near, but not for whoever saves data: there the first touch loads them. */
function whenNear(stage: HTMLElement, load: () => void): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      load();
    },
    { rootMargin: '200px' },
  );
  watch.observe(stage);
}

function shotsOf(stage: HTMLElement): readonly Shot[] {
  const rows = JSON.parse(stage.dataset.pictures ?? '[]') as [
    number,
    number,
    number,
    number | null,
    number | null,
  ][];
  return rows.map(([offset, length, time, value, error]) => ({ offset, length, time, value, error }));
}

function find<K extends keyof HTMLElementTagNameMap>(within: Element, tag: K): HTMLElementTagNameMap[K];
function find(within: Element, selector: string): HTMLElement;
function find(within: Element, selector: string): HTMLElement {
  const found = within.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`Expected ${selector}`);
  return found;
}
