#!/usr/bin/env node
import { ordersProgram } from '../cli/program.ts';
import { runProgram } from '#msk-local/command/run-program.ts';

await runProgram(ordersProgram(), process.argv);
