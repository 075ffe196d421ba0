#!/usr/bin/env node
import { mskLocalCommand } from '../cli/msk-local.ts';
import { runProgram } from '../cli/run-program.ts';

await runProgram(mskLocalCommand(), process.argv);
