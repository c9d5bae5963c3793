/**
 * Keeps words that are typed and not saved when another form of the page is sent, such as the one that makes the pictures.
 * Words that cannot be saved are sent by themselves, so that their page says why.
 */
export function keepWords(words: HTMLFormElement): void {
  let isTyped = false;
  words.addEventListener('input', () => {
    isTyped = true;
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !isTyped || !form.closest('main')) return;
    isTyped = false;
    if (form === words) return;
    event.preventDefault();
    void save(words).then((isSaved) =>
      isSaved ? form.requestSubmit(event.submitter) : words.requestSubmit(),
    );
  });
}

async function save(words: HTMLFormElement): Promise<boolean> {
  const fields = [...new FormData(words)].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  const answer = await fetch(words.action, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  }).catch(() => null);
  return answer?.type === 'opaqueredirect';
}
