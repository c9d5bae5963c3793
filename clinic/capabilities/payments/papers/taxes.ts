/** An amount that contains its tax, in minor units. */
export interface TaxedAmount {
  readonly amountMinor: number;
  readonly taxMinor: number;
  readonly taxName: string | null;
  readonly taxBp: number;
}

export interface TaxShare {
  readonly name: string | null;
  readonly rateBp: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly grossMinor: number;
}

/** What is taxed at which rate, the highest rate first. Lines of nothing are left out. */
export function taxesByRate(lines: readonly TaxedAmount[]): readonly TaxShare[] {
  const shares = new Map<string, TaxShare>();
  for (const { amountMinor, taxMinor, taxName, taxBp } of lines) {
    if (amountMinor === 0) continue;
    const key = `${taxBp} ${taxName ?? ''}`;
    const sum = shares.get(key) ?? {
      name: taxName,
      rateBp: taxBp,
      netMinor: 0,
      taxMinor: 0,
      grossMinor: 0,
    };
    shares.set(key, {
      ...sum,
      netMinor: sum.netMinor + amountMinor - taxMinor,
      taxMinor: sum.taxMinor + taxMinor,
      grossMinor: sum.grossMinor + amountMinor,
    });
  }
  return [...shares.values()].sort((a, b) => b.rateBp - a.rateBp);
}
