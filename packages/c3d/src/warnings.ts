import type { Budget } from './budget.ts';
import type { Place } from './errors.ts';

/** Each way in which a file may leave the standard and still be read. */
export type WarningCode =
  /** The number of parameter blocks that the section declares is not where its parameters end. */
  | 'section-length'
  /** The parameters are broken off: they reach into the data, past the file, or turn into something else. */
  | 'parameters-cut-short'
  /** A parameter's pointer to the next one disagrees with its content; the pointer is believed. */
  | 'parameter-offset'
  /** A parameter declares more values than its place can hold; the whole ones that fit are kept. */
  | 'parameter-overrun'
  /** A parameter of a type that the standard does not know; it is left out. */
  | 'parameter-type'
  /** A parameter whose group is defined nowhere. */
  | 'group-undefined'
  /** Two groups share a number or a name, or two parameters of one group a name; the first is used. */
  | 'duplicate-name'
  /** A parameter under a name that is nearly the right one. */
  | 'misspelt-name'
  /** A required parameter is missing; the header or the standard's default stands in. */
  | 'parameter-missing'
  /** Header and parameters disagree about the number of points. */
  | 'point-count'
  /** Header and parameters disagree about analog channels or samples in a frame. */
  | 'analog-count'
  /** Header and parameters disagree about the number of frames. */
  | 'frame-count'
  /** Header and parameters disagree about the frame rate. */
  | 'rate-mismatch'
  /** Header and parameters disagree about the scale of the points. */
  | 'scale-mismatch'
  /** Header and parameters disagree about where the data starts. */
  | 'data-start'
  /** The file ends before its last frame; the whole frames are read. */
  | 'data-truncated'
  /** More frames' worth of bytes follow the last frame; they are not read. */
  | 'data-left-over'
  /** Points or channels without a name; they are given one. */
  | 'labels-missing'
  /** Two points or two channels bear the same name. */
  | 'labels-duplicate'
  /** The unit of length is missing or not known, so that nothing can be put into millimetres. */
  | 'unit-unknown'
  /** Coordinates that are no numbers; these points count as not measured. */
  | 'not-finite'
  /** Markers that stand exactly at the origin and are not flagged as missing. */
  | 'points-at-origin'
  /** Values that belong to no group of model outputs and yet bear the name of one. */
  | 'output-by-name'
  /** A group of model outputs names a point that does not exist. */
  | 'output-without-point'
  /** Analog scale factors or offsets are missing for some channels; 1 and 0 stand in. */
  | 'analog-scaling'
  /** ANALOG:FORMAT is neither SIGNED nor UNSIGNED, or contradicts the offsets. */
  | 'analog-format'
  /** The EVENT group lacks what an event needs; the events that are whole are kept. */
  | 'events-incomplete'
  /** A force plate lacks what it needs, or is of an unknown type; it is left out. */
  | 'plate-left-out'
  /** A force plate's origin points upwards, against the standard; it is turned round. */
  | 'plate-origin-sign'
  /** The ROTATION group lacks what it needs, or its data is not all there. */
  | 'rotations-incomplete';

/** A deviation from the standard that was tolerated, and where it stands. */
export interface Warning extends Place {
  readonly code: WarningCode;
  readonly message: string;
}

/** Takes a deviation down. */
export type Warn = (code: WarningCode, message: string, place?: Place) => void;

const WARNING_COST = 400;

/** A list of warnings and the function that adds to it; each one counts against the budget. */
export function warningList(budget: Budget): { warn: Warn; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const warn: Warn = (code, message, place = {}) => {
    budget.claim(WARNING_COST, 'warnings', place);
    warnings.push({ code, message, ...place });
  };
  return { warn, warnings };
}
