#!/usr/bin/env node
// oxlint-disable-next-line import/no-unassigned-import -- It ends the process, or the import, on an older Node.js.
import './require-node.ts';
import { mskLocalCommand } from '../command/msk-local.ts';
import { runProgram } from '../command/run-program.ts';

await runProgram(mskLocalCommand(), process.argv);
