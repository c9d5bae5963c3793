import type { GdiBasis } from '../scores/gdi.ts';
import type { Unit } from '../variables.ts';

export const NORM_FORMAT = 'rectus-gait-norms';
export const NORM_VERSION = 1;

export type AgeGroup = 'children' | 'adults' | 'mixed' | 'unknown';
export type Footwear = 'barefoot' | 'shod' | 'mixed' | 'unknown';

/** From the least to the greatest, both included. */
export interface Range {
  readonly least: number;
  readonly greatest: number;
}

/** A curve of a population over the cycle, at 51 or 101 equal steps from 0 to 100 %. */
export interface NormCurve {
  readonly unit: Unit;
  readonly mean: readonly number[];
  /** Between people (n − 1). */
  readonly sd: readonly number[];
}

export interface NormValue {
  /** Empty for numbers without one. */
  readonly unit: string;
  readonly mean: number;
  readonly sd: number;
}

/** How fast the people of a set walked: v / √(g · leg length). */
export interface NormSpeed {
  readonly mean: number;
  readonly sd: number | null;
  readonly range: Range | null;
}

/** The people of a package at one speed. */
export interface NormSet {
  readonly id: string;
  readonly name: string;
  readonly people: number | null;
  readonly dimensionlessSpeed: NormSpeed | null;
  /** By the id of the variable; ids that are not ours are kept and not shown. */
  readonly curves: Readonly<Record<string, NormCurve>>;
  /** By the name of the value, such as footOffPercent. */
  readonly values: Readonly<Record<string, NormValue>>;
}

/** The mean of the controls that GPS and MAP are measured from: nine curves of 51 points each. */
export interface ProfileReference {
  readonly controls: number;
  readonly curves: Readonly<Record<string, NormCurve>>;
}

/** A set of norms that can be installed: who they are of, whose they are, and the numbers. See NORMS.md. */
export interface NormPackage {
  readonly format: typeof NORM_FORMAT;
  readonly version: typeof NORM_VERSION;
  /** Lower-case letters, digits and hyphens; a package of the same id replaces the one before. */
  readonly id: string;
  readonly name: string;
  readonly population: {
    readonly description: string;
    readonly ageGroup: AgeGroup;
    readonly people: number | null;
    readonly ageYears: Range | null;
  };
  readonly footwear: Footwear;
  /** Made by a simulator: bands for trying things out, no norms of people. */
  readonly simulated: boolean;
  readonly licence: { readonly name: string; readonly note: string };
  readonly citation: string;
  /** Where the numbers were taken from, in words. */
  readonly origin: string;
  readonly sets: readonly NormSet[];
  readonly gdi: GdiBasis | null;
  readonly profile: ProfileReference | null;
}

/** A norm package that cannot be used: what is wrong, and where in it. */
export class NormError extends Error {
  override readonly name = 'NormError';
  readonly code:
    | 'not-json'
    | 'not-norms'
    | 'version'
    | 'missing'
    | 'wrong-type'
    | 'wrong-length'
    | 'not-finite'
    | 'wrong-unit'
    | 'empty'
    | 'too-few'
    | 'table';
  /** Such as sets[0].curves.hip.flexion.mean[3]; '' for the whole. */
  readonly path: string;

  constructor(code: NormError['code'], path: string, message: string) {
    super(path === '' ? message : `${path}: ${message}`);
    this.code = code;
    this.path = path;
  }
}
