import type { Place } from '../measure/place.ts';
import type { Box } from './image-area.ts';

/** A fascicle, or the part of it that is marked. */
export interface Segment {
  /** Nearer to the deep aponeurosis. */
  readonly from: Place;
  readonly to: Place;
}

/** Everything that muscle architecture is measured from. Each place can be moved by hand before it is. */
export interface MuscleLines {
  /** The muscle's side of the aponeurosis nearer to the probe, from left to right; two places or more. */
  readonly superficial: readonly Place[];
  /** The muscle's side of the deep aponeurosis, from left to right. */
  readonly deep: readonly Place[];
  /** One or more. */
  readonly fascicles: readonly Segment[];
}

/** A first guess at the lines of a muscle, for a person to look at and adjust. */
export interface MuscleFound {
  readonly found: true;
  readonly lines: MuscleLines;
  /** 0 a guess to 1 clear bands and one clear direction. Below 0.4 a person should look before it is used. */
  readonly confidence: number;
  /** The clearest pieces of fascicles that speak for the direction. */
  readonly seen: readonly Segment[];
  /** Where the ultrasound picture lies in the frame. */
  readonly area: Box;
}

/** Nothing is drawn rather than a wrong line. */
export interface MuscleNotFound {
  readonly found: false;
  readonly reason: 'no-picture' | 'no-aponeuroses' | 'no-fascicles';
  /** One sentence for people. */
  readonly message: string;
  /** Both aponeuroses where only the fascicles are missing: thickness can still be measured between them. */
  readonly aponeuroses: Pick<MuscleLines, 'superficial' | 'deep'> | null;
  readonly area: Box | null;
}
