const EVERY_MS = 1_500;

/** Whether somebody has typed into the measurements and not saved them: opening the page anew would lose that. */
export function isTyping(): boolean {
  const form = document.querySelector<HTMLFormElement>('form[data-measures]');
  return [...(form?.elements ?? [])].some(
    (one) =>
      one instanceof HTMLInputElement &&
      (one.value !== one.defaultValue || one.checked !== one.defaultChecked),
  );
}

/** Keeps the words about a running session fresh, and opens the page anew once it is over, unless somebody is typing. */
export function connectProgress(): void {
  const words = document.querySelector<HTMLElement>('[data-processing]');
  if (words) void watch(words);
}

async function watch(words: HTMLElement): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    const answer = await fetch(words.dataset.processing ?? '').catch(() => null);
    if (!answer?.ok) continue;
    const state = (await answer.json()) as { status: string; words: string };
    if (state.status === 'processing') {
      words.textContent = state.words;
      continue;
    }
    if (isTyping()) {
      words.textContent = 'Done. Save what you typed, or open this page again.';
      return;
    }
    // Files that are on their way would be broken off.
    if (!document.querySelector('.uploads progress')) return location.reload();
  }
}
