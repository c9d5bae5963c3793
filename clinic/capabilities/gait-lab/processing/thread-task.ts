import type {
  GaitReportData,
  KnownMeasurements,
  LabSettings,
  NormPackage,
  Subject,
  WalkConditions,
} from '@rectus/gait';
import type { TrialRole } from '../../../platform/database/schema-of-studies.ts';
import type { TrialFacts } from '../core/trial-facts.ts';
import type { MotionData } from '../viewer/motion.ts';

export interface FileOnDisk {
  readonly name: string;
  readonly path: string;
}

/** A session as a thread takes it: where its files lie, and what is known beside them. */
export interface SessionOnDisk {
  readonly standing: FileOnDisk;
  readonly walking: readonly FileOnDisk[];
  readonly known: KnownMeasurements;
  readonly lab: Partial<LabSettings>;
  readonly conditions: WalkConditions;
  readonly previous: GaitReportData | null;
  /** What the lab used last, where neither a person nor a file says how large the markers are. */
  readonly usualMarkerRadiusMm: number | null;
  /** What the walk is judged by: at least one package. */
  readonly norms: readonly NormPackage[];
}

/** A trial that is to be shown, with everything its result was made from. */
export interface TrialOnDisk {
  readonly standing: FileOnDisk;
  readonly walking: FileOnDisk;
  readonly subject: Subject;
  readonly lab: LabSettings;
}

export interface MeasuredSession {
  readonly report: GaitReportData;
  readonly motion: MotionData | null;
  readonly subject: Subject;
  readonly lab: LabSettings;
}

export type Inspected =
  | { readonly ok: true; readonly facts: TrialFacts; readonly role: TrialRole }
  | { readonly ok: false; readonly reason: string };

/** What a thread can be asked, and what it answers. */
export type ThreadTask =
  | { readonly kind: 'inspect'; readonly file: FileOnDisk }
  | { readonly kind: 'measure'; readonly session: SessionOnDisk }
  | { readonly kind: 'motion'; readonly trial: TrialOnDisk }
  | { readonly kind: 'simulate-norms' };

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number; readonly doing: string }
  | { readonly kind: 'done'; readonly value: unknown }
  /** Something about the files that a person can act on. */
  | { readonly kind: 'refused'; readonly reason: string };
