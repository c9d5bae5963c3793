/** Adds up notes and coins while they are counted, and says at once how far the till is from what it should be. */
const tillForm = document.querySelector<HTMLFormElement>('[data-cash-count]');
const tillTotal = tillForm?.querySelector<HTMLInputElement>('[data-cash-total]');
const tillResult = tillForm?.querySelector<HTMLOutputElement>('[data-cash-result]');

if (tillForm && tillTotal && tillResult) {
  const { expected = '0', currency = 'EUR', locale = 'en', decimals = '2' } = tillForm.dataset;
  const unit = 10 ** Number(decimals);
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const say = (minor: number) => money.format(minor / unit).replace('-', '−');
  const pieces = [...tillForm.querySelectorAll<HTMLInputElement>('[data-piece]')];

  const show = () => {
    const typed = pieces.filter((piece) => piece.value.trim() !== '');
    const clear = typed.every((piece) => /^\d+$/.test(piece.value.trim()));
    tillResult.hidden = typed.length === 0 || !clear;
    // The pieces are what was counted: a sum typed before them no longer counts.
    tillTotal.disabled = typed.length > 0;
    if (typed.length === 0 || !clear) return;
    const minor = typed.reduce((sum, piece) => sum + Number(piece.value) * Number(piece.dataset.piece), 0);
    const difference = minor - Number(expected);
    tillTotal.value = '';
    tillResult.dataset.kind = difference === 0 ? 'good' : 'warn';
    tillResult.value =
      difference === 0
        ? `${say(minor)}: the till is right`
        : `${say(minor)}: ${say(Math.abs(difference))} too ${difference > 0 ? 'much' : 'little'}`;
  };
  tillForm.addEventListener('input', show);
  show();
}
