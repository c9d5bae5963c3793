import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { drawFooter, footerHeight, type Letterhead, letterhead, runningHead } from './letterhead.ts';
import { leading, SHEET } from './look.ts';
import type { Paper } from './paper.ts';
import { createTypesetter } from './typesetter.ts';

export interface PaperOptions {
  readonly title: string;
  readonly subject: string;
  readonly language: string;
  /** Epoch milliseconds. The only moment in the file, so that the same paper is the same bytes. */
  readonly issuedAt: number;
  readonly head: Letterhead;
}

/** Begins a paper on the clinic's letterhead. */
export function createPaper(options: PaperOptions): Paper {
  const doc = openDocument(options);
  const type = createTypesetter(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  const [left, right] = [SHEET.side, SHEET.width - SHEET.side];
  const bottom = SHEET.height - SHEET.foot - footerHeight(type, options.head, right - left) - 18;
  const paper: Paper = {
    doc,
    type,
    left,
    right,
    width: right - left,
    y: SHEET.top,
    ensure(height) {
      if (paper.y + height <= bottom) return false;
      doc.addPage();
      paper.y = runningHead(paper, options.head, options.title);
      return true;
    },
    element(tag, parent = root) {
      const element = doc.struct(tag);
      parent.add(element);
      return element;
    },
    content(tag, draw, parent = root) {
      const [name = tag, scope] = tag.split(' of ');
      // The library writes the scope of a head cell; its types do not know.
      const options: PDFKit.Mixins.StructureElementOptions & { scope?: string } = scope ? { scope } : {};
      parent.add(doc.struct(name, options, [draw]));
    },
    figure(alt, draw) {
      root.add(doc.struct('Figure', { alt }, [draw]));
    },
    artifact(draw) {
      doc.markContent('Artifact', { type: 'Layout' });
      draw();
      doc.endMarkedContent();
    },
    block(text, top, { x, width, align = 'left' }, style) {
      const lines = type.lines(text, style, width);
      lines.forEach((line, index) => {
        const at = align === 'left' ? x : x + width - type.width(line, style);
        type.set(line, at, top + index * leading(style) + style.size * 1.02, style);
      });
      return lines.length * leading(style);
    },
    heightOf: (text, width, style) => type.lines(text, style, width).length * leading(style),
    async finish() {
      const { start, count } = doc.bufferedPageRange();
      for (let page = start; page < start + count; page++) {
        doc.switchToPage(page);
        drawFooter(paper, options.head, `Page ${page + 1} of ${count}`);
      }
      doc.end();
      return buffer(doc);
    },
  };
  paper.y = letterhead(paper, options.head);
  return paper;
}

function openDocument({ title, subject, language, issuedAt, head }: PaperOptions): PDFKit.PDFDocument {
  return new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    lang: language,
    displayTitle: true,
    info: {
      Title: title,
      Author: head.legalName || head.name,
      Subject: subject,
      Producer: 'Rectus',
      Creator: 'Rectus',
      CreationDate: new Date(issuedAt),
      ModDate: new Date(issuedAt),
    },
  });
}
