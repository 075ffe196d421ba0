import * as z from 'zod';
import { POISON_KINDS } from './actions.ts';

const group = z
  .string()
  .regex(/^[\w.-]{1,249}$/, 'is the id of a consumer group: letters, digits, dots, - and _');
const LONGEST_SECONDS = 300;
const seconds = z.int().min(1).max(LONGEST_SECONDS);

/** What each experiment asks for. */
export const INPUTS = {
  produce: z.object({ count: z.int().min(1).max(20_000), rate: z.number().min(0.1).max(2_000).optional() }),
  pollers: z.object({ group, count: z.int().min(0).max(20).nullable() }),
  kill: z.object({ group, pid: z.int().min(2) }),
  slow: z.object({ group, delayMs: z.int().min(0).max(10_000), seconds }),
  breakStore: z.object({ group, seconds }),
  poison: z.object({ kind: z.enum(POISON_KINDS) }),
  join: z.object({ group }),
  leave: z.object({ id: z.string().max(64) }),
  grow: z.object({ partitions: z.int().min(1).max(24) }),
} as const;

export type ExperimentName = keyof typeof INPUTS;
export type Input<N extends ExperimentName> = z.infer<(typeof INPUTS)[N]>;

export function isExperiment(name: string): name is ExperimentName {
  return Object.hasOwn(INPUTS, name);
}
