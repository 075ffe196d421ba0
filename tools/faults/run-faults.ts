/**
 * `npm run faults`: injects faults into the real environment while orders come in, and checks by an audit that
 * nothing is missing, double or wrong. docs/failures.md explains its output.
 */
import { runProgram } from '#msk-local/command/run-program.ts';
import { faultsCommand } from './faults-command.ts';

await runProgram(faultsCommand(), process.argv);
