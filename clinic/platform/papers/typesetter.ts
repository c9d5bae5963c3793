import hankenText from './fonts/hanken-grotesk-400.ttf?inline';
import hankenStrong from './fonts/hanken-grotesk-600.ttf?inline';
import notoText from './fonts/noto-sans-400.ttf?inline';
import notoStrong from './fonts/noto-sans-600.ttf?inline';

export type Weight = 'text' | 'strong';

/** How a piece of text looks; sizes in points. */
export interface TextStyle {
  readonly size: number;
  readonly weight: Weight;
  readonly color: string;
}

/** Measures and sets single lines. All lengths in points, `y` downwards. */
export interface Typesetter {
  width(text: string, style: TextStyle): number;
  /** Breaks a text at its spaces, and within a word only where the word alone is too long. */
  lines(text: string, style: TextStyle, maxWidth: number): readonly string[];
  /** Sets one line whose letters stand on `baseline`. */
  set(line: string, x: number, baseline: number, style: TextStyle): void;
}

const FONTS: Readonly<Record<Weight, readonly [string, string]>> = {
  text: [hankenText, notoText],
  strong: [hankenStrong, notoStrong],
};
const bytes = new Map<string, Buffer>();

function bytesOf(dataUrl: string): Buffer {
  const known = bytes.get(dataUrl) ?? Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
  bytes.set(dataUrl, known);
  return known;
}

/** The fonts that a line needs, one after the other: most of them need only the first. */
interface Run {
  readonly font: string;
  readonly text: string;
}

/**
 * Sets text in Hanken Grotesk, and letters that it lacks in Noto Sans. Text is composed first (NFC) and loses
 * control characters; kinds of spaces that no font has become a no-break space.
 */
export function createTypesetter(doc: PDFKit.PDFDocument): Typesetter {
  const covers: Record<Weight, (code: number) => boolean> = { text: () => true, strong: () => true };
  for (const weight of ['text', 'strong'] as const) {
    const [first, second] = FONTS[weight];
    doc.registerFont(`${weight} 2`, bytesOf(second));
    doc.registerFont(`${weight} 1`, bytesOf(first));
    doc.font(`${weight} 1`);
    covers[weight] = coverageOf(doc);
  }
  const runs = (text: string, weight: Weight): readonly Run[] => splitRuns(text, weight, covers[weight]);
  const width = (text: string, { size, weight }: TextStyle): number =>
    runs(printable(text), weight).reduce(
      (sum, run) => sum + doc.font(run.font).fontSize(size).widthOfString(run.text),
      0,
    );
  return {
    width,
    lines: (text, style, maxWidth) =>
      printable(text)
        .split('\n')
        .flatMap((paragraph) => wrap(paragraph, maxWidth, (part) => width(part, style))),
    set(line, x, baseline, { size, weight, color }) {
      let at = x;
      for (const run of runs(printable(line), weight)) {
        doc.font(run.font).fontSize(size).fillColor(color);
        doc.text(run.text, at, baseline, { lineBreak: false, baseline: 'alphabetic' });
        at += doc.widthOfString(run.text);
      }
    },
  };
}

/** Which characters the font that is chosen now can draw: the library's own font, which its types leave out. */
function coverageOf(doc: PDFKit.PDFDocument): (code: number) => boolean {
  const { font } = (doc as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })
    ._font;
  const known = new Map<number, boolean>();
  return (code) => {
    const answer = known.get(code) ?? font.hasGlyphForCodePoint(code);
    known.set(code, answer);
    return answer;
  };
}

function splitRuns(text: string, weight: Weight, covers: (code: number) => boolean): readonly Run[] {
  const runs: { font: string; text: string }[] = [];
  for (const letter of text) {
    const font = `${weight} ${covers(letter.codePointAt(0) ?? 0) ? 1 : 2}`;
    const last = runs.at(-1);
    // A space within a foreign name stays with it, so that the name remains one piece.
    if (last && (last.font === font || letter === ' ')) last.text += letter;
    else runs.push({ font, text: letter });
  }
  return runs;
}

function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u2007\u2009\u202f]/g, '\u00a0')
    .replace(/[^\P{C}\n]/gu, '');
}

function wrap(paragraph: string, maxWidth: number, width: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/[ \t]+/).flatMap((one) => pieces(one, maxWidth, width))) {
    const longer = line ? `${line} ${word}` : word;
    if (line && width(longer) > maxWidth) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** A word, cut where it is wider than a whole line. */
function pieces(word: string, maxWidth: number, width: (text: string) => number): string[] {
  if (width(word) <= maxWidth) return [word];
  const parts: string[] = [];
  let part = '';
  for (const letter of word) {
    if (part && width(part + letter) > maxWidth) {
      parts.push(part);
      part = letter;
    } else part += letter;
  }
  return [...parts, part];
}
