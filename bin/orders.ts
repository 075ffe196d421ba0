#!/usr/bin/env node
import { ordersProgram } from '../cli/program.ts';
import { runProgram } from '../cli/run-program.ts';

await runProgram(ordersProgram(), process.argv);
