import { say, UsageError } from './console.ts';

/** 0: done; 1: a file could not be used; 2: the command was not understood. */
export type ExitCode = 0 | 1 | 2;

/** A program of several commands. */
export interface Program {
  readonly name: string;
  readonly commands: Readonly<Record<string, (args: readonly string[]) => Promise<void>>>;
  /** How each command is used, with examples. */
  readonly usage: Readonly<Record<string, string>>;
  /** How the program is used as a whole. */
  readonly overview: string;
  /** Errors of bad input, whose message says all. */
  readonly isExpected: (error: unknown) => boolean;
}

/** Runs one command of a program with its arguments. */
export async function runProgram(program: Program, args: readonly string[]): Promise<ExitCode> {
  // A reader such as head may close the pipe before all is written.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  const [name = '', ...rest] = args;
  const usageOf = (command = '') => program.usage[command] ?? program.overview;
  if (name === '' || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usageOf(rest[0]));
    return name === '' ? 2 : 0;
  }
  const command = program.commands[name];
  if (!command) {
    say(`There is no command ${name}.\n\n${program.overview}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(usageOf(name));
    return 0;
  }
  try {
    await command(rest);
    return 0;
  } catch (error) {
    return explain(program, error, name);
  }
}

function explain(program: Program, error: unknown, command: string): ExitCode {
  if (error instanceof UsageError || (error instanceof TypeError && 'code' in error)) {
    say(`${error.message}\nTry ${program.name} ${command} --help.`);
    return 2;
  }
  if (
    program.isExpected(error) ||
    error instanceof RangeError ||
    (error instanceof Error && 'syscall' in error)
  ) {
    say((error as Error).message);
    return 1;
  }
  throw error;
}
