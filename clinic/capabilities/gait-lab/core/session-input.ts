import type { KnownMeasurements, LabSettings } from '@rectus/gait';
import type { WalkingConditions } from './study.ts';

/** What a person says about a session: how it was walked, and what was measured with tape and calliper. */
export interface SessionInput {
  readonly conditions: WalkingConditions;
  readonly subject: KnownMeasurements;
  readonly lab: Partial<LabSettings>;
}
