import { readAmount } from '../core/amount.ts';

/** Works out the change while it is typed, and puts the cursor where the work goes on. */
const form = document.querySelector<HTMLFormElement>('form.take-payment');

if (form) {
  const { currency = 'EUR', locale = 'en-GB' } = form.dataset;
  const field = (name: string) => form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  const [amount, given, change] = [field('amount'), field('given'), form.querySelector('output')];
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const unit = 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2);

  const show = () => {
    if (!change) return;
    const due = readAmount(amount?.value ?? '', currency, locale);
    const handed = readAmount(given?.value ?? '', currency, locale);
    if (!due.ok || !handed.ok) change.textContent = '';
    else if (handed.minor < due.minor)
      change.textContent = `${money.format((due.minor - handed.minor) / unit)} is missing`;
    else change.textContent = `Give back ${money.format((handed.minor - due.minor) / unit)}`;
  };
  form.addEventListener('input', show);
  show();

  const focusOn = (input: HTMLInputElement | null) => {
    input?.focus({ preventScroll: true });
    input?.select();
  };
  const method = () => form.querySelector<HTMLInputElement>('input[name="method"]:checked');
  form.addEventListener('change', (event) => {
    if (event.target !== method() || !(event instanceof Event) || form.dataset.keys === 'yes') return;
    focusOn(method()?.value === 'cash' ? given : field('reference'));
  });
  // Arrows walk through the methods; the focus stays there until Tab, so that they can go on walking.
  form.addEventListener('keydown', (event) => {
    form.dataset.keys = event.key.startsWith('Arrow') ? 'yes' : '';
  });
  form.addEventListener('pointerdown', () => {
    form.dataset.keys = '';
  });
}
