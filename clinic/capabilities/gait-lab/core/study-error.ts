/** Something about a session that cannot be done as asked, in words of the person who asked. */
export class StudyError extends Error {
  override readonly name = 'StudyError';
}
