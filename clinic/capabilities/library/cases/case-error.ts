/** Something about a case or its consent that cannot be done, in words for whoever asked for it. */
export class CaseError extends Error {
  override readonly name = 'CaseError';
}
