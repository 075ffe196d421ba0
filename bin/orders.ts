#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { compileCacheDirectory } from '../cli/project-folders.ts';

// Before the modules are loaded whose compiled code it keeps.
enableCompileCache(compileCacheDirectory);
const { ordersProgram } = await import('../cli/program.ts');
const { runProgram } = await import('#msk-local/command/run-program.ts');

const [, , word] = process.argv;
await runProgram(await ordersProgram(word), process.argv);
