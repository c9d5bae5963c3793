/** What a file does that it should not, and what was done about it. */
export interface ReadWarning {
  readonly code:
    | 'truncated'
    | 'no-preamble'
    | 'character-set'
    | 'missing-identity'
    | 'timing-assumed'
    | 'timing-incomplete'
    | 'region-clamped'
    | 'photometric-differs'
    | 'frames-missing'
    | 'parser';
  /** One sentence for people. */
  readonly message: string;
}
