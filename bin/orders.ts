#!/usr/bin/env node
import './require-node-24.mjs';
import { ordersProgram } from '../cli/program.ts';
import { runProgram } from '../cli/run-program.ts';

await runProgram(ordersProgram(), process.argv);
