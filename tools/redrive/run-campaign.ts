/**
 * `npm run redrive-campaign`: parks thousands of records in the local environment that runs, kills their redrive at
 * many steps, runs two at once, and checks: no double effects, no lost records, the order of each key kept, poison
 * held after three tries.
 */
import { runProgram } from '#msk-local/command/run-program.ts';
import { campaignCommand } from './campaign-command.ts';

await runProgram(campaignCommand(), process.argv);
