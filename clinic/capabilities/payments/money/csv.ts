/** What a cell holds. A number is written as it is; text that a table program would take for a formula is quoted. */
export type Cell = string | number | null;

/** Excel takes a file for UTF-8 only when it begins with this. */
export const BYTE_ORDER_MARK = '\ufeff';

const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * One record of a CSV file (RFC 4180, section 2), with its line break. A text that begins with a character by which
 * table programs know a formula gets an apostrophe before it, unless it is a plain number.
 */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  const text = typeof cell === 'number' ? String(cell) : harmless(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}

/** An amount for a table program: digits, a point, the currency's decimals. `-85.00`. */
export function csvAmount(minor: number, digits: number): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const amount = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return minor < 0 ? `-${amount}` : amount;
}
