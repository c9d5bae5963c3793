/** Why something that came was not taken. */
export type RefusalCode =
  | 'empty'
  | 'too-large'
  | 'not-dicom'
  | 'video'
  | 'damaged'
  | 'cut-off'
  | 'missing-uids'
  | 'not-pictures'
  | 'unsupported'
  | 'other-bytes'
  | 'other-patient'
  | 'other-exam'
  | 'other-study';

/** A refusal in words for whoever sent the file, and for whoever finds it at the desk. */
export interface Refused {
  readonly code: RefusalCode;
  readonly reason: string;
}
