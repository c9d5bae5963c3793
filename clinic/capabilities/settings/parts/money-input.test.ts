import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moneyInput, parseMoney } from './money-input.ts';

describe('a price in euro', () => {
  test.each([
    ['60', 6000],
    ['60,00', 6000],
    ['60.00', 6000],
    ['60,5', 6050],
    ['0', 0],
    ['0.29', 29],
    ['€ 60', 6000],
    ['60,00 €', 6000],
    ['EUR 60.00', 6000],
    ['1 250,50', 125_050],
    ['1.250,50', 125_050],
    ['1,250.50', 125_050],
    ["1'250.50", 125_050],
    ['100.000,50', 10_000_050],
    [' 85 ', 8500],
    ['1 250', 125_000],
  ])('"%s" is %i cents', (text, minor) => {
    expect(parseMoney(text, 'EUR')).toEqual({ ok: true, minor });
  });

  test.each([
    ['', /Enter a price/],
    ['free', /in digits/],
    ['-5', /less than 0/],
    ['60.005', /two ways/],
    ['1.250', /two ways/],
    ['1,250', /two ways/],
    ['60.', /2 decimals/],
    ['60.0000', /2 decimals/],
    ['1.2.3', /2 decimals/],
    ['12.50,00', /2 decimals/],
    ['6e3', /in digits/],
    ['٦٠', /in digits/],
    ['60;00', /in digits/],
    ['1.250.000', /more than we can take/],
    ['99999999999999999999', /more than we can take/],
  ])('"%s" is refused in words', (text, message) => {
    const result = parseMoney(text, 'EUR');
    expect(result.ok ? '' : result.message).toMatch(message);
  });
});

test('a currency without decimals takes grouped thousands, and one with three takes three', () => {
  expect(parseMoney('1,250', 'JPY')).toEqual({ ok: true, minor: 1250 });
  expect(parseMoney('12.50', 'JPY').ok).toBe(false);
  expect(parseMoney('1.250', 'KWD')).toEqual({ ok: true, minor: 1250 });
  expect(parseMoney('1.25', 'KWD')).toEqual({ ok: true, minor: 1250 });
});

test('every amount survives being shown and read again, with a point or a comma', () => {
  const amount = fc.integer({ min: 0, max: 100_000_000 });
  fc.assert(
    fc.property(
      amount,
      fc.constantFrom('EUR', 'JPY', 'KWD', 'CHF'),
      fc.boolean(),
      (minor, currency, comma) => {
        const shown = moneyInput(minor, currency);
        expect(parseMoney(comma ? shown.replace('.', ',') : shown, currency)).toEqual({ ok: true, minor });
      },
    ),
  );
});

test('no text makes it fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const result = parseMoney(text, 'EUR');
      if (result.ok) expect(Number.isSafeInteger(result.minor) && result.minor >= 0).toBe(true);
      else expect(result.message).not.toBe('');
    }),
  );
});
