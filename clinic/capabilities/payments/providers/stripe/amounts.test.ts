import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderRefused } from '../provider.ts';
import { fromStripe, toStripe } from './amounts.ts';

describe('amounts for Stripe', () => {
  it('are the same cents, pence and yen', () => {
    expect(toStripe(12050, 'EUR')).toBe(12050);
    expect(toStripe(500, 'JPY')).toBe(500);
    expect(fromStripe(500, 'jpy')).toBe(500);
  });

  it('of krónur and Ugandan shillings are in hundredths, though neither has any', () => {
    expect(toStripe(500, 'ISK')).toBe(50000);
    expect(toStripe(500, 'UGX')).toBe(50000);
    expect(fromStripe(50000, 'isk')).toBe(500);
  });

  it('of currencies with three decimals end in 0, and others are refused', () => {
    expect(toStripe(5120, 'KWD')).toBe(5120);
    expect(() => toStripe(5124, 'KWD')).toThrow(ProviderRefused);
  });

  it('come back as they were sent, in every currency', () => {
    const currencies = ['EUR', 'USD', 'GBP', 'JPY', 'KRW', 'ISK', 'UGX', 'HUF', 'MGA', 'KWD', 'TND', 'IDR'];
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.constantFrom(...currencies), (tens, currency) => {
        expect(fromStripe(toStripe(tens * 10, currency), currency.toLowerCase())).toBe(tens * 10);
      }),
    );
  });

  it('that are no whole minor units never leave', () => {
    for (const amount of [0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => toStripe(amount, 'EUR')).toThrow(ProviderRefused);
  });
});
