import type { DetectableChange, LumaFrame, Marks, Measured, Mm, Place, Region } from '@rectus/sonography';
import type { MeasuredValue } from '../measured-value.ts';

export const TOOL_IDS = [
  'gap',
  'distance',
  'thickness',
  'area',
  'haematoma',
  'fascicle',
  'angle',
  'echo-intensity',
  'inter-recti',
  'abdominal',
] as const;
export type ToolId = (typeof TOOL_IDS)[number];

/** A place in px of the stored frame. */
export interface MarkPlace {
  readonly x: number;
  readonly y: number;
}

/** What was said beside the marks, by the name of the question. */
export type Asked = Readonly<Record<string, string>>;

/** A number that a tool gives for each frame. */
export interface Quantity {
  /** Such as us.gap; the state (rest, contraction) is written after it. */
  readonly code: string;
  readonly label: string;
  readonly unit: MeasuredValue['unit'];
  /** How it grows with the scale: angles and shares not at all, lengths with it, areas with its square. */
  readonly power: 0 | 1 | 2 | 3;
  /** What the change from rest to contraction is called where it has a name, such as us.retraction. */
  readonly change?: { readonly code: string; readonly label: string };
  readonly detectable?: DetectableChange;
}

/** Something that must be known beside the marks. */
export interface Ask {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  readonly hint?: string;
  /** A choice; `distance` lists the distances measured already; without, a short text. */
  readonly options?: readonly (readonly [value: string, words: string])[];
  readonly from?: 'distances';
}

export interface ToMeasure {
  readonly regions: readonly Region[];
  /** In the order of the marks. */
  readonly places: readonly Place[];
  readonly asked: Asked;
  /** The pixels, for a tool that needs them. */
  readonly frame?: LumaFrame;
  /** A diameter that was measured elsewhere. */
  readonly width?: Measured<Mm>;
}

/** A tool of the rail: what to mark, what follows from it. */
export interface Tool {
  readonly id: ToolId;
  readonly name: string;
  /** The key that chooses it. */
  readonly key: string;
  /** What to click next, one for each place; the last goes on where more are taken. */
  readonly steps: readonly string[];
  readonly least: number;
  readonly most: number;
  /** What lies between places when they are drawn: pairs joined, or one closed outline. */
  readonly drawn: 'pairs' | 'outline';
  /** How marks are followed through a clip; borders are lines between layers that thicken; null: measured in the marked frame alone. */
  readonly follow: 'points' | 'lines' | 'borders' | 'outline' | null;
  readonly quantities: readonly Quantity[];
  readonly asks: readonly Ask[];
  /** Whether measures of the same place are repetitions to be averaged, or things of their own. */
  readonly repeats: 'averaged' | 'apart';
  /** Whether pixels are needed, not places alone. */
  readonly needsPixels?: true;
  /** What is shown wherever the number is. */
  readonly caveats?: readonly string[];
  /** Which places make the lines whose ends are moved by hand; places beyond are helpers. Null: all. */
  readonly primary: number | null;
  /** Adds what is chosen by itself, such as tissue beside muscle ends. */
  complete?(places: readonly MarkPlace[], regions: readonly Region[]): readonly MarkPlace[];
  /** The marks as the tracker takes them. */
  marks(places: readonly MarkPlace[]): Marks;
  /** One value for each quantity. @throws MeasureRefused */
  measure(of: ToMeasure): readonly Measured<number>[];
}

export const STRUCTURE: Ask = {
  name: 'structure',
  label: 'What is measured',
  required: false,
  hint: 'Left empty: the structure of the examination.',
};
