import * as z from 'zod/mini';
import { digestOf, withoutContent } from '../letters/digest.ts';
import { learn } from '../letters/knowledge.ts';
import { look } from '../letters/look.ts';
import { letterRow } from '../letters/row.ts';
import { letterRows } from '../letters/rows.ts';
import { consumerOf } from './consumer-of.ts';
import type { Operation } from './operation.ts';

/** Far below the 6 MB that a function may answer, at some 300 bytes a row. */
const MOST_ROWS = 15_000;

const request = z.strictObject({ operation: z.literal('list'), consumer: z.string() });

const answer = z.object({
  consumer: z.string(),
  /** Oldest records first. */
  rows: z.array(letterRow),
  /** Rows that are not among them, because there are too many. */
  moreRows: z.int(),
  /** Messages that were seen. */
  messages: z.int(),
  /** About how many messages others hold at this moment, so that they could not be seen. */
  withOthers: z.int(),
});

export type LetterList = z.infer<typeof answer>;

/** Shows what is in the dead-letter queue of a consumer; every message stays there. */
export const listLetters: Operation<typeof request, typeof answer> = {
  request,
  answer,
  run: async (ports, { consumer: name }) => {
    const consumer = consumerOf(ports, name);
    const { seen, withOthers } = await look(ports, consumer, {
      keep: (message) => withoutContent(digestOf(message, consumer.groupId)),
    });
    const rows = letterRows(seen, await learn(ports, consumer, seen));
    return {
      consumer: name,
      rows: rows.slice(0, MOST_ROWS),
      moreRows: Math.max(0, rows.length - MOST_ROWS),
      messages: seen.length,
      withOthers,
    };
  },
};
