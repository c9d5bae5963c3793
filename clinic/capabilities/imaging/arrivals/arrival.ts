import type { ImagingSource } from '../../../platform/database/schema-of-imaging.ts';
import type { ReadRefused } from './read-arrival.ts';

/** A whole file that lies as a draft in the file store, and from whom. */
export interface Arrival {
  readonly source: ImagingSource;
  readonly machineId: string | null;
  readonly draft: string;
  /** The draft's bytes, where whoever received them still has them at hand. */
  readonly bytes?: Buffer;
  /** As it was called where it came from. */
  readonly name: string;
  /** Set when a person uploads onto an examination: that is a person's confirmation. */
  readonly examId?: string;
  /** The person who did. */
  readonly by?: string;
  /** The row under which the file was announced, where it was. */
  readonly fileId?: string;
  /** What the sender said that it would send. Another file than that is none of it. */
  readonly announced?: { readonly sopClass?: string; readonly sopUid?: string; readonly studyUid?: string };
}

export interface TakenClip {
  /** `again`: the very same data set is here already, and nothing changed. */
  readonly kind: 'stored' | 'again';
  readonly instanceId: string;
  readonly sopUid: string;
  readonly sopClass: string;
  readonly studyUid: string;
  readonly seriesUid: string;
  /** Whether it is known whose it is. */
  readonly matched: boolean;
  readonly warning: string | null;
}

export type TakenIn = TakenClip | ({ readonly kind: 'refused' } & ReadRefused);
