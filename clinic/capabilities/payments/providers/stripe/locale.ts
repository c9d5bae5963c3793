/** The languages of Stripe's own pages: https://docs.stripe.com/api/checkout/sessions/create, `locale`. */
const SPOKEN = new Set(
  (
    'bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru ' +
    'sk sl sv th tr vi zh zh-HK zh-TW'
  ).split(' '),
);

/** The nearest language that Stripe's pages speak; 'auto', which asks the browser, where there is none. */
export function stripeLocale(locale: string): string {
  if (SPOKEN.has(locale)) return locale;
  const language = locale.split('-')[0] ?? '';
  return SPOKEN.has(language) ? language : 'auto';
}
