import { NormError } from './package.ts';

/** A row of a table by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

/** A table of tab-separated values with a line of names. @throws NormError `table` naming file and line */
export function readTable(file: string, text: string): Row[] {
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const names = head.split('\t').map((name) => name.trim());
  return lines.map((line, index) => {
    const cells = line.split('\t');
    if (cells.length !== names.length) {
      const message = `line ${index + 2} has ${cells.length} columns; ${names.length} are expected.`;
      throw new NormError('table', file, message);
    }
    return Object.fromEntries(names.map((name, column) => [name, (cells[column] as string).trim()]));
  });
}

/** A number of a row. @throws NormError `table` */
export function cell(file: string, row: Row, name: string): number {
  const text = row[name];
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value))
    throw new NormError('table', file, `${name} is ${text ?? 'missing'}, no number.`);
  return value;
}
