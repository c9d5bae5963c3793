/** Makes the ten minutes of a held time visible: a ring that empties, words that count, and few words spoken. */
const clock = document.querySelector<HTMLElement>('[data-hold-remaining]');

if (clock) {
  const endsAt = performance.now() + Number(clock.dataset.holdRemaining);
  const ring = clock.querySelector<SVGElement>('[data-hold-ring]');
  const words = clock.querySelector('[data-hold-words]');
  const note = clock.querySelector('[data-hold-note]');
  const spoken = clock.querySelector('[data-hold-spoken]');
  const short = document.querySelector('[data-hold-short]');
  const full = Number(ring?.dataset.holdRing);
  let lastSpoken = Number.POSITIVE_INFINITY;

  const show = () => {
    const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
    const [minutes, seconds] = [Math.floor(left / 60), left % 60];
    ring?.setAttribute('stroke-dasharray', `${((left / 600) * full).toFixed(1)} ${full}`);
    if (left === 0) {
      clearInterval(timer);
      set(words, 'The ten minutes are over');
      set(note, 'You can still go on: if it is free, it is yours');
      set(short, 'no longer held');
      set(spoken, 'The time is no longer held. You can still go on; if it is free, it is yours.');
      return;
    }
    set(words, `Held for you: ${minutes ? `${minutes} min ` : ''}${seconds} s`);
    set(short, `held ${minutes}:${String(seconds).padStart(2, '0')}`);
    speak(left);
  };

  // A screen reader hears of it at five, two and one minutes, not every second.
  const speak = (left: number) => {
    const mark = [60, 120, 300].find((limit) => left <= limit);
    if (mark === undefined || mark >= lastSpoken) return;
    lastSpoken = mark;
    set(spoken, `Held for ${mark === 60 ? 'one more minute' : `${mark / 60} more minutes`}.`);
  };

  const timer = setInterval(show, 1000);
  show();
}

// A page taken out of the browser's memory would show a clock that stood still.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

function set(element: Element | null, text: string): void {
  if (element) element.textContent = text;
}
