import type { TextStyle, Typesetter } from './typesetter.ts';

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
  /** Draws a picture, and says in words what it shows. */
  figure(alt: string, draw: () => void): void;
  /** Draws something that nobody needs to hear: a line, a field of colour. */
  artifact(draw: () => void): void;
  /** Sets a text from `top` downwards, which must fit on the page; returns its height. */
  block(text: string, top: number, box: Box, style: TextStyle): number;
  /** How high {@link block} would be. */
  heightOf(text: string, width: number, style: TextStyle): number;
  finish(): Promise<Buffer>;
}
