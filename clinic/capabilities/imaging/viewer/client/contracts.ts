import type { Region } from '@rectus/sonography';
import type { BodySide, ClipRole } from '../../../../platform/database/schema-of-imaging.ts';
import type { Probe } from '../../core/probe.ts';

/** What the page knows of a clip: everything but its pixels. */
export interface ViewerClip {
  /** The stored instance. */
  readonly id: string;
  readonly examId: string;
  /** Which clip of its examination, from 1, in the order in which they came. */
  readonly number: number;
  /** Role and side in words, such as "Contraction, right". */
  readonly title: string;
  readonly label: string;
  readonly role: ClipRole | null;
  readonly side: BodySide | null;
  /** Epoch milliseconds when the examination was taken. */
  readonly takenAt: number;
  /** That day in words. */
  readonly day: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Seconds from the first frame, never falling, one for each frame. */
  readonly times: readonly number[];
  /** A scale that a person set is already in them. */
  readonly regions: readonly Region[];
  /** Whether a person set the scale on a known distance. */
  readonly hasSetScale: boolean;
  readonly transferSyntax: string;
  /** How the file says that its colours are stored; null where that is not known. */
  readonly photometric: string | null;
  readonly format: 'dicom' | 'still';
  readonly probe: Probe | null;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  /** Where its frames come from: `?from=&to=`. */
  readonly framesHref: string;
  /** Where what stands before the pictures of its file comes from. */
  readonly headHref: string;
  /** Changes with the bytes. */
  readonly etag: string;
}

/** What the page knows of the examination. */
export interface ViewerExam {
  readonly id: string;
  /** Such as "Right rectus femoris". */
  readonly title: string;
  readonly anatomy: string;
  readonly side: BodySide | null;
  readonly suspicion: 'muscle-injury' | 'abdominal-wall' | 'other';
  readonly probe: Probe | null;
  /** Once signed, nothing more is marked. */
  readonly signed: boolean;
  /** All clips of the examination, then those of other examinations that are shown beside it. */
  readonly clips: readonly ViewerClip[];
}

/** A place in px of the stored frame; the first pixel's middle is at 0, 0. */
export interface ImagePlace {
  readonly x: number;
  readonly y: number;
}

/** One of the two pictures. */
export interface Pane {
  readonly index: 0 | 1;
  /** Null while the pane is empty. */
  readonly clip: ViewerClip | null;
  readonly frame: number;
  /** Seconds from the clip's own first frame. */
  readonly time: number;
  /** In px of the stored frame: the viewer keeps its transform. Draw into it; it is emptied when the clip changes. */
  readonly overlay: SVGGElement;
  /** Screen px for one px of the stored frame, along rows and columns alike. */
  readonly zoom: number;
  /** The frame that is shown, null while it is not there yet. Grey or colour, as it lies in the file. */
  readonly picture: ImageBitmap | null;
  toImage(event: PointerEvent | MouseEvent): ImagePlace;
  /** Whether a place lies in the picture. */
  contains(place: ImagePlace): boolean;
}

/** What takes the pointer on the pictures while it is chosen. Return false from `down` to leave the gesture to the viewer. */
export interface PointerTool {
  /** The cursor over the pictures. */
  readonly cursor: string;
  down(pane: Pane, place: ImagePlace, event: PointerEvent): boolean | undefined;
  move?(pane: Pane, place: ImagePlace, event: PointerEvent): void;
  up?(pane: Pane, place: ImagePlace, event: PointerEvent): void;
  /** Where the pointer wanders without being pressed. */
  hover?(pane: Pane, place: ImagePlace): void;
  /** The gesture was taken away, for a second finger or by the browser. */
  cancel?(): void;
  /** A key while the pictures have the focus; true where it was used. */
  key?(event: KeyboardEvent, pane: Pane): boolean;
}

/** What has changed: the frame or time, how pictures lie, which clip a pane shows, whether it plays, which pane is active. */
export type ViewerEvent = 'frame' | 'view' | 'clip' | 'play' | 'pane';

/** The two pictures on one clock. */
export interface Viewer {
  readonly root: HTMLElement;
  readonly exam: ViewerExam;
  readonly panes: readonly [Pane, Pane];
  /** The pane that keys and tools mean. */
  readonly active: Pane;
  /** Seconds of the one clock: a pane shows its clip at `time + offsets[pane.index]`. */
  readonly time: number;
  readonly offsets: readonly [number, number];
  readonly playing: boolean;
  readonly linked: boolean;
  choosePane(index: 0 | 1): void;
  /** Shows another clip in a pane. */
  showClip(index: 0 | 1, clipId: string, frame?: number): void;
  /** Shows a frame; the clock stops. When both are linked the other pane keeps its distance. */
  goTo(index: 0 | 1, frame: number): void;
  play(): void;
  pause(): void;
  /** Seconds of the second pane's clip (the only clip's where both show the same); null for the whole clip. */
  setLoop(span: { readonly from: number; readonly to: number } | null): void;
  /** What "Loop contraction" goes around, once phases are known; null where none were found. */
  setContraction(span: { readonly from: number; readonly to: number } | null): void;
  /** The two pictures as they stand are the same moment: the offset follows, and they move together again. */
  align(): void;
  on(event: ViewerEvent, listener: () => void): () => void;
  /** Null: pan, zoom and contrast by the viewer. */
  setPointer(tool: PointerTool | null): void;
  /** In a tool's group of the toolbar a button is pressed at a time; the viewer's own tools (contrast, zoom) let go. */
  onToolLeft(listener: () => void): () => void;
  /** The live region. */
  say(words: string): void;
  /**
   * The page's places: rail, values, curve, probe, tracked. All are empty but the rail, which holds the viewer's own
   * tools (contrast and zoom): put yours before them.
   */
  part(name: ViewerPart): HTMLElement;
  /** A key of the tools; without modifiers. Shown in the list of keys. */
  addKey(key: string, words: string, run: () => void): void;
}

export type ViewerPart = 'rail' | 'values' | 'curve' | 'probe' | 'tracked';

/** What the measuring part exports as `mountMeasuring`, called once the panes stand. */
export type MountMeasuring = (viewer: Viewer) => void;
