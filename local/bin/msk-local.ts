#!/usr/bin/env node
import { mskLocalCommand } from '../command/msk-local.ts';
import { runProgram } from '../command/run-program.ts';

await runProgram(mskLocalCommand(), process.argv);
