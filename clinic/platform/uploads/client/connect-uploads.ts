import { sendFiles } from './send-files.ts';

/**
 * Files that are picked or dropped go at once, several, in pieces. Then the page opens anew, unless that would lose
 * something.
 */
export function connectUploads(mayReload: () => boolean): void {
  const form = document.querySelector<HTMLFormElement>('form[data-upload]');
  const input = form?.querySelector<HTMLInputElement>('input[type=file]');
  if (form && input) begin(form, input, mayReload);
}

function begin(form: HTMLFormElement, input: HTMLInputElement, mayReload: () => boolean): void {
  for (const hint of form.querySelectorAll('small')) hint.hidden = hint.dataset.noScript !== undefined;
  const button = form.querySelector('button');
  if (button) button.hidden = true;
  let sending = Promise.resolve();
  const take = (files: readonly File[]) => {
    if (files.length === 0) return;
    sending = sending.then(() => sendFiles(form, files));
    void sending.then(() => {
      // A file that could not be sent leaves its reason on the page.
      if (!form.querySelector('[data-broken]') && mayReload()) location.reload();
    });
  };
  input.addEventListener('change', () => {
    take([...(input.files ?? [])]);
    input.value = '';
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    take([...(input.files ?? [])]);
  });
  form.addEventListener('dragover', (event) => {
    event.preventDefault();
    form.classList.add('over');
  });
  form.addEventListener('dragleave', () => form.classList.remove('over'));
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('over');
    take([...(event.dataTransfer?.files ?? [])]);
  });
}
