/**
 * `npm run bench`: measures the product against its alternatives, round by round in turns, and writes tables and
 * figures to bench/results. The goals in the tables are informative: no figure makes the command fail.
 */
import { runProgram } from '../local/command/run-program.ts';
import { benchCommand } from './bench-command.ts';

await runProgram(benchCommand(), process.argv);
