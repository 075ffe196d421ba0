import type { CommandUnknownOpts } from '@commander-js/extra-typings';

/** Runs a command line; an error becomes one line on standard error and exit code 1, without a stack trace. */
export async function runProgram(program: CommandUnknownOpts, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    if (process.env['DEBUG'] !== undefined) console.error(error);
    process.exitCode = 1;
  }
}
