import { C3dError } from '@rectus/c3d';
import { GaitError, NormError } from '@rectus/gait';
import { type ExitCode, runProgram } from '../lib/run-program.ts';
import { deidentifyCommand } from './commands/deidentify.ts';
import { exportCommand } from './commands/export.ts';
import { infoCommand } from './commands/info.ts';
import { normsCommand } from './commands/norms.ts';
import { reportCommand } from './commands/report.ts';
import { simulateCommand } from './commands/simulate.ts';
import { OVERVIEW, USAGE } from './usage.ts';

const COMMANDS = {
  info: infoCommand,
  export: exportCommand,
  deidentify: deidentifyCommand,
  report: reportCommand,
  norms: normsCommand,
  simulate: simulateCommand,
};

/** Runs one command with its arguments. */
export function run(args: readonly string[]): Promise<ExitCode> {
  return runProgram(
    {
      name: 'rectus-gait',
      commands: COMMANDS,
      usage: USAGE,
      overview: OVERVIEW,
      isExpected: (error) =>
        error instanceof C3dError || error instanceof GaitError || error instanceof NormError,
    },
    args,
  );
}

if (process.argv[1] === import.meta.filename) process.exitCode = await run(process.argv.slice(2));
