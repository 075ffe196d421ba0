import type { Bench } from '../harness/bench.ts';
import { cold } from './cold.ts';
import { effects, emulatorEffects } from './effects.ts';
import { mapping } from './mapping.ts';
import { records } from './records.ts';

/** In the order in which they run when none is named. */
export const benches: readonly Bench[] = [records, effects, emulatorEffects, cold, mapping];
