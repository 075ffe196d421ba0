import type { Bench } from '../harness/bench.ts';
import { cold } from './cold.ts';
import { effects, emulatorEffects } from './effects.ts';
import { errors } from './errors.ts';
import { growth } from './growth.ts';
import { latency } from './latency.ts';
import { mapping } from './mapping.ts';
import { memory } from './memory.ts';
import { records } from './records.ts';
import { scaling } from './scaling.ts';
import { start } from './start.ts';

/** In the order in which they run when none is named. */
export const benches: readonly Bench[] = [
  records,
  effects,
  emulatorEffects,
  errors,
  cold,
  mapping,
  scaling,
  latency,
  growth,
  memory,
  start,
];
