import { make } from './page.ts';

/** Asks why something is booked outside opening hours. Null where the person thinks better of it. */
export function askReason(why: string): Promise<string | null> {
  const input = make('input', { name: 'reason', required: true, maxLength: 200, autocomplete: 'off' });
  const label = make('label', { className: 'field' }, 'Why is that?', input);
  const title = make('h2', { id: 'reason-title', textContent: why });
  const move = make('button', { className: 'primary', value: 'move', textContent: 'Move it there' });
  const leave = make('button', { value: '', formNoValidate: true, textContent: 'Leave it' });
  const buttons = make('div', { className: 'row' }, move, leave);
  const form = make('form', { method: 'dialog', className: 'stack' }, title, label, buttons);
  const dialog = make('dialog', {}, form);
  dialog.setAttribute('aria-labelledby', 'reason-title');
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'move' ? input.value.trim() : null);
    });
  });
}
