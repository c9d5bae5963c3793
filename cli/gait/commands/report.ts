export async function reportCommand(_args: readonly string[]): Promise<void> {
  throw new Error('x');
}
