/**
 * `npm run faults`: lets faults befall the real environment while orders come in, and judges by an audit that nothing of
 * them is missing, double or wrong. docs/failures.md says how to read what it prints.
 */
import { runProgram } from '#msk-local/command/run-program.ts';
import { faultsCommand } from './faults-command.ts';

await runProgram(faultsCommand(), process.argv);
