import { describe, expect, it } from 'vitest';
import { linesOf, stepsOf, taxRows } from './offers.ts';

describe('what an owner typed about a package', () => {
  it('has one thing in each line; empty lines are nothing', () => {
    expect(linesOf(' Close-fitting shorts \n\n\tShoes\n')).toEqual(['Close-fitting shorts', 'Shoes']);
    expect(linesOf('')).toEqual([]);
  });

  it('has a title before the first colon of a step', () => {
    expect(stepsOf('Report: on paper: or here\nThe end\n: no title')).toEqual([
      { title: 'Report', text: 'on paper: or here' },
      { title: 'The end', text: '' },
      { title: ': no title', text: '' },
    ]);
  });
});

describe('taxes of some lines', () => {
  it('are told once for each tax; lines without one say nothing', () => {
    const line = (taxName: string | null, taxBp: number, taxMinor: number) => ({ taxName, taxBp, taxMinor });
    expect(
      taxRows([line('VAT', 2300, 100), line(null, 0, 0), line('VAT', 2300, 50), line('VAT', 600, 7)]),
    ).toEqual([
      { name: 'VAT', rateBp: 2300, taxMinor: 150 },
      { name: 'VAT', rateBp: 600, taxMinor: 7 },
    ]);
  });
});
