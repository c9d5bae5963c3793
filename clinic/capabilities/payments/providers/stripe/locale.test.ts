import { describe, expect, it } from 'vitest';
import { stripeLocale } from './locale.ts';

describe("the language of Stripe's pages", () => {
  it('is the clinic’s where Stripe speaks it, else the nearest, else the browser’s', () => {
    expect(['en-GB', 'en-IE', 'pt-PT', 'pt-BR', 'de-AT', 'ga-IE', 'is'].map(stripeLocale)).toEqual([
      'en-GB',
      'en',
      'pt',
      'pt-BR',
      'de',
      'auto',
      'auto',
    ]);
  });
});
