import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A path below the project's folder. */
export const at = (...parts) => join(root, ...parts);

/** The script behind a package's command, to be run by a Node of our choice rather than the system's. */
export function scriptOf(packageName, command) {
  const require = createRequire(join(root, 'package.json'));
  const folder = at('node_modules', packageName);
  const { bin } = require(join(folder, 'package.json'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/** A failure that is explained by its message alone; the tools print it without a stack. */
export class ToolError extends Error {
  constructor(message, hint = '') {
    super(message);
    this.hint = hint;
  }
}

/** Runs a tool's main function; a failure ends with a plain message and a status that is not 0. */
export async function runTool(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    process.stderr.write(`\n${error.message}\n${error.hint ? `${error.hint}\n` : ''}`);
    process.exitCode = 1;
  }
}
