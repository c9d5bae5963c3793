import { getResolvedPDFJS } from 'unpdf';

export interface ReadPdf {
  /** The text of each page, its pieces in the order in which they are written, line by line. */
  readonly pages: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
  readonly language: string | null;
  /** How often each kind of element stands in the structure: `{ H1: 1, Table: 3 }`. */
  readonly elements: Readonly<Record<string, number>>;
}

/** Reads a PDF back with a reader that has nothing to do with how it was written. */
export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const { getDocument } = await getResolvedPDFJS();
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await task.promise;
  const pages: string[] = [];
  const elements: Record<string, number> = {};
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    count(await page.getStructTree(), elements);
  }
  const { info } = await pdf.getMetadata();
  const catalog = (info as Record<string, unknown>).Language;
  await task.destroy();
  return {
    pages,
    info: info as Record<string, unknown>,
    language: typeof catalog === 'string' ? catalog : null,
    elements,
  };
}

/** An element has a role and children; a piece of content within it has neither. */
function count(node: object | null, elements: Record<string, number>): void {
  if (!node) return;
  if ('role' in node && typeof node.role === 'string') elements[node.role] = (elements[node.role] ?? 0) + 1;
  if ('children' in node && Array.isArray(node.children)) {
    for (const child of node.children) count(child as object, elements);
  }
}
