import { at, scriptOf, ToolError } from './project.mjs';
import { runProcess } from './run-process.mjs';

/** What is checked without running the program: each is a title and the arguments for Node. */
export const checks = [
  {
    title: 'Style and lint (Biome)',
    args: () => [scriptOf('@biomejs/biome', 'biome'), 'check'],
  },
  {
    title: 'Types (TypeScript)',
    args: () => [scriptOf('typescript', 'tsc'), '--noEmit', '-p', at('tsconfig.json')],
  },
  { title: 'Import direction and cycles', args: () => [at('tools', 'import-rules.mjs')] },
];

/** Runs one check; its output is shown only when it fails. Returns whether it passed. */
export async function runCheck(steps, node, check) {
  try {
    await steps.run(check.title, async () => {
      const result = await runProcess(node, check.args(), {
        output: 'keep',
        env: { ...process.env, NO_COLOR: '1' },
      });
      if (result.status === 0) return;
      process.stdout.write(`${result.text.trimEnd()}\n`);
      throw new ToolError(check.title);
    });
    return true;
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw error;
  }
}
