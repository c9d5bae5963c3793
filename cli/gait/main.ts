import { C3dError } from '@rectus/c3d';
import { GaitError, NormError } from '@rectus/gait';
import { deidentifyCommand } from './commands/deidentify.ts';
import { exportCommand } from './commands/export.ts';
import { infoCommand } from './commands/info.ts';
import { normsCommand } from './commands/norms.ts';
import { reportCommand } from './commands/report.ts';
import { simulateCommand } from './commands/simulate.ts';
import { say, UsageError } from './console.ts';
import { USAGE, usageOf } from './usage.ts';

/** 0: done; 1: a file could not be used; 2: the command was not understood. */
export type ExitCode = 0 | 1 | 2;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  info: infoCommand,
  export: exportCommand,
  deidentify: deidentifyCommand,
  report: reportCommand,
  norms: normsCommand,
  simulate: simulateCommand,
};

// A reader such as head may close the pipe before all is written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

/** Runs one command with its arguments. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  if (name === '' || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usageOf(rest[0]) ?? USAGE);
    return name === '' ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (!command) {
    say(`There is no command ${name}.\n\n${USAGE}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(usageOf(name) ?? USAGE);
    return 0;
  }
  try {
    await command(rest);
    return 0;
  } catch (error) {
    return explain(error, name);
  }
}

function explain(error: unknown, command: string): ExitCode {
  if (error instanceof UsageError || (error instanceof TypeError && 'code' in error)) {
    say(`${error.message}\nTry rectus-gait ${command} --help.`);
    return 2;
  }
  const known = error instanceof C3dError || error instanceof GaitError || error instanceof NormError;
  if (known || error instanceof RangeError || (error instanceof Error && 'syscall' in error)) {
    say((error as Error).message);
    return 1;
  }
  throw error;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await run(process.argv.slice(2));
