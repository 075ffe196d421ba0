import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { verdictOf, type Verdict } from '../verdict.ts';
import { percent } from './hot-partition.ts';

const FEWEST_RECORDS = 200;

/** Finds one key that fills a partition by itself. */
export const hotKey: Check = {
  name: 'hot-key',
  matters:
    'All records of a key are on one partition and are handled one after the other. A key with more than the fair share of a partition limits the whole group.',
  look: lookForHotKeys,
};

function lookForHotKeys({ keys, topic }: Facts): Verdict {
  if (keys.kind === 'unknown') return keys;
  const { records, top } = keys.value;
  if (records < FEWEST_RECORDS) {
    return {
      kind: 'unknown',
      reason: `only ${records} records were read, too few to see a pattern`,
    };
  }
  const limit = 1 / Math.max(2, topic.partitions);
  const findings = top
    .filter((key) => key.records / records > limit)
    .map((key) => ({
      evidence: `key ${key.key} has ${percent(key.records / records)} of the newest ${records} records, on partition ${key.partition}; a fair share of a whole partition is ${percent(limit)}.`,
      todo:
        'Ask the producer why: a test, an endless retry, or an order that collects events of others. If the sequence of these ' +
        'events does not matter, give each of them its own key.',
    }));
  const [most] = top;
  return verdictOf(
    findings,
    most === undefined
      ? `none of ${records} records has a key`
      : `the most frequent of the newest ${records} records' keys has ${percent(most.records / records)}`,
  );
}
