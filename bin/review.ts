#!/usr/bin/env node
import { resolve } from 'node:path';
import { review } from '../review/command.ts';

await review(resolve(import.meta.dirname, '..'), process.argv);
