import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { drawFooter, footerHeight, type Letterhead, letterhead, runningHead } from './letterhead.ts';
import { leading, SHEET } from './look.ts';
import { createTypesetter, type TextStyle, type Typesetter } from './typesetter.ts';

export interface PaperOptions {
  readonly title: string;
  readonly subject: string;
  readonly language: string;
  /** Epoch milliseconds. The only moment in the file, so that the same paper is the same bytes. */
  readonly issuedAt: number;
  readonly head: Letterhead;
}

/** Where text goes: a box without a lower edge. */
export interface Box {
  readonly x: number;
  readonly width: number;
  readonly align?: 'left' | 'right';
}

/** What a piece of text is, for those who hear the paper read. */
export type Tag = 'H1' | 'H2' | 'P' | 'TD' | 'TH of Column' | 'TH of Row';

/** A document that is written from top to bottom. Lengths in points, `y` downwards from the sheet's upper edge. */
export interface Paper {
  readonly doc: PDFKit.PDFDocument;
  readonly type: Typesetter;
  readonly left: number;
  readonly right: number;
  readonly width: number;
  /** Where the next thing begins. */
  y: number;
  /** Begins a new page when less than `height` is left on this one; true when it did. */
  ensure(height: number): boolean;
  /** An element that other elements stand in. */
  element(tag: 'Table' | 'TR', parent?: PDFKit.PDFStructureElement): PDFKit.PDFStructureElement;
  /** Draws something that is read out as `tag`. */
  content(tag: Tag, draw: () => void, parent?: PDFKit.PDFStructureElement): void;
  /** Draws something that nobody needs to hear: a line, a field of colour. */
  artifact(draw: () => void): void;
  /** Sets a text from `top` downwards, which must fit on the page; returns its height. */
  block(text: string, top: number, box: Box, style: TextStyle): number;
  /** How high {@link block} would be. */
  heightOf(text: string, width: number, style: TextStyle): number;
  finish(): Promise<Buffer>;
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
