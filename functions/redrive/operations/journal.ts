import * as z from 'zod/mini';
import type { JournalEntry } from '../memory/operations-memory.ts';
import { consumerOf } from './consumer-of.ts';
import type { Operation } from './operation.ts';

const request = z.strictObject({
  operation: z.literal('journal'),
  consumer: z.string(),
  /** So many entries at most, the youngest. */
  most: z.int().check(z.minimum(1), z.maximum(1_000)),
});

const answer = z.object({
  consumer: z.string(),
  /** Youngest first. */
  entries: z.array(
    z.object({
      consumer: z.string(),
      runId: z.string(),
      operation: z.string(),
      by: z.string(),
      atMs: z.number(),
      step: z.int(),
      what: z.string(),
      /** `<partition>:<offset>` by outcome. */
      outcomes: z.record(z.string(), z.array(z.string())),
    }),
  ),
});

export type Journal = z.infer<typeof answer>;

/** Lists the operations on the dead letters of a consumer, with the outcome of each record. */
export const readJournal: Operation<typeof request, typeof answer> = {
  request,
  answer,
  run: async (ports, { consumer: name, most }) => {
    const { name: consumer } = consumerOf(ports, name);
    const entries = await ports.memory.journal(consumer, most);
    return { consumer, entries: entries.map(asAnswer) };
  },
};

function asAnswer({ outcomes, ...entry }: JournalEntry): Journal['entries'][number] {
  return { ...entry, outcomes: copyOf(outcomes) };
}

function copyOf(outcomes: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(outcomes).map(([outcome, ids]) => [outcome, [...ids]]));
}
