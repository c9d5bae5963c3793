/** A command that was not given what it needs. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Tells the person at the keyboard; results go to standard output, words to standard error. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
