/** Prints rows of name, figure and remark as a table. */
export function printTable(title: string, rows: readonly (readonly [string, string, string?])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  const figures = Math.max(...rows.map(([, figure]) => figure.length));
  const lines = rows.map(([name, figure, remark = '']) =>
    `  ${name.padEnd(width)}  ${figure.padStart(figures)}  ${remark}`.trimEnd(),
  );
  process.stdout.write(`${title}\n${lines.join('\n')}\n\n`);
}

/** Prints what programs read: one line, the last; null for what could not be measured here. */
export function printResult(result: Readonly<Record<string, number | null>>): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** The value below which a share of all values lies (nearest rank). Throws for an empty list. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('There is no percentile of nothing');
  return value;
}

export function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
