import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountInput, readAmount } from './amount.ts';

const IRELAND = 'en-IE';
const GERMANY = 'de-DE';

describe('an amount, as somebody types it', () => {
  it.each([
    ['85', IRELAND, 8500],
    ['85.00', IRELAND, 8500],
    ['85.5', IRELAND, 8550],
    ['85,50', IRELAND, 8550],
    ['1,234.56', IRELAND, 123_456],
    ['1,234', IRELAND, 123_400],
    ['1.234,56', IRELAND, 123_456],
    ['€85', IRELAND, 8500],
    ['85,50', GERMANY, 8550],
    ['85.50', GERMANY, 8550],
    ['1.234', GERMANY, 123_400],
    ['1.234,56', GERMANY, 123_456],
    ['1.234,56 €', GERMANY, 123_456],
    ['EUR 1 250', GERMANY, 125_000],
    ['1\u202f234,5', 'fr-FR', 123_450],
    ["1'234.50", 'de-CH', 123_450],
    ['0.01', IRELAND, 1],
  ])('%j in %s is %i cents', (text, locale, minor) => {
    expect(readAmount(text, 'EUR', locale)).toEqual({ ok: true, minor });
  });

  it.each([
    ['1.234', IRELAND],
    ['1,234', GERMANY],
    ['85.1234', GERMANY],
    ['85.', IRELAND],
    ['.50', IRELAND],
    ['12,34,56', IRELAND],
    ['8 5', IRELAND],
    ['1e3', IRELAND],
    ['0x10', IRELAND],
    ['٨٥', IRELAND],
    ['$ 85', IRELAND],
    ['85 GBP', IRELAND],
    ['eighty-five', IRELAND],
    ['', IRELAND],
    ['   ', IRELAND],
    ['-5', IRELAND],
    ['−5', IRELAND],
    ['0', IRELAND],
    ['0.00', IRELAND],
    ['0.001', IRELAND],
    ['9999999.99', IRELAND],
    ['NaN', IRELAND],
    ['Infinity', IRELAND],
  ])('%j in %s is refused with words', (text, locale) => {
    const read = readAmount(text, 'EUR', locale);
    expect(read.ok).toBe(false);
    expect(read.ok ? '' : read.message).not.toBe('');
  });

  it('may be nothing where nothing makes sense', () => {
    expect(readAmount('0', 'EUR', IRELAND, 0)).toEqual({ ok: true, minor: 0 });
  });

  it('has the decimals of its currency', () => {
    expect(readAmount('1,234', 'JPY', IRELAND)).toEqual({ ok: true, minor: 1234 });
    expect(readAmount('12.5', 'JPY', IRELAND).ok).toBe(false);
    expect(readAmount('1.234', 'KWD', IRELAND)).toEqual({ ok: true, minor: 1234 });
    expect(readAmount('1,234', 'KWD', IRELAND)).toEqual({ ok: true, minor: 1_234_000 });
  });

  const locales = ['en-GB', 'en-IE', 'de-DE', 'de-CH', 'fr-FR', 'pt-PT', 'sv-SE', 'nl-NL', 'cs-CZ'];
  const currencies = ['EUR', 'GBP', 'CHF', 'JPY', 'KWD'];
  const amounts = fc.integer({ min: 1, max: 100_000_000 });

  it('is read back as the field shows it', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.constantFrom(...currencies),
        fc.constantFrom(...locales),
        (minor, currency, locale) => {
          expect(readAmount(amountInput(minor, currency, locale), currency, locale)).toEqual({
            ok: true,
            minor,
          });
        },
      ),
    );
  });

  it('is read back as the country writes it, with its groups and its currency', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.constantFrom(...currencies),
        fc.constantFrom(...locales),
        (minor, currency, locale) => {
          const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
          const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
          expect(readAmount(format.format(minor / 10 ** digits), currency, locale)).toEqual({
            ok: true,
            minor,
          });
        },
      ),
    );
  });

  it('never becomes anything but whole minor units, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...locales), (text, locale) => {
        const read = readAmount(text, 'EUR', locale);
        if (read.ok) expect(Number.isSafeInteger(read.minor) && read.minor > 0).toBe(true);
      }),
    );
  });
});
