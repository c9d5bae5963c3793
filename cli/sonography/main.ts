import { SonographyError } from '@rectus/sonography';
import { type ExitCode, runProgram } from '../lib/run-program.ts';
import { deidentifyCommand } from './commands/deidentify.ts';
import { infoCommand } from './commands/info.ts';
import { muscleCommand } from './commands/muscle.ts';
import { phantomCommand } from './commands/phantom.ts';
import { trackCommand } from './commands/track.ts';
import { OVERVIEW, USAGE } from './usage.ts';

const COMMANDS = {
  info: infoCommand,
  deidentify: deidentifyCommand,
  muscle: muscleCommand,
  phantom: phantomCommand,
  track: trackCommand,
};

/** Runs one command with its arguments. */
export function run(args: readonly string[]): Promise<ExitCode> {
  return runProgram(
    {
      name: 'rectus-sonography',
      commands: COMMANDS,
      usage: USAGE,
      overview: OVERVIEW,
      isExpected: (error) => error instanceof SonographyError,
    },
    args,
  );
}

if (process.argv[1] === import.meta.filename) process.exitCode = await run(process.argv.slice(2));
