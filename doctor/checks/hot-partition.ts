import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { groupsOfTopic, knownPartitions } from '../groups.ts';
import { verdictOf, type Verdict } from '../verdict.ts';

/** The minimum number of records. Below it, one partition may be fuller by chance. */
const FEWEST_RECORDS = 200;
/** The limit, as a multiple of the fair share. */
const TOO_MUCH = 2;

/** Finds one partition that gets far more than its share. */
export const hotPartition: Check = {
  name: 'hot-partition',
  matters:
    'A partition has one reader. If most records are on one partition, more pollers do not help, and its lag grows first.',
  look: lookForHotPartitions,
};

function lookForHotPartitions(facts: Facts): Verdict {
  const { name, partitions } = facts.topic;
  if (partitions < 2) return { kind: 'ok', evidence: 'the topic has one partition' };
  const [group] = groupsOfTopic(facts);
  const counts = (group === undefined ? [] : knownPartitions(group, name)).map(({ partition, lag }) => ({
    partition,
    records: lag.end - lag.start,
  }));
  const total = counts.reduce((sum, { records }) => sum + records, 0);
  if (total < FEWEST_RECORDS) {
    return {
      kind: 'unknown',
      reason: `the topic has only ${total} records, too few to see a pattern`,
    };
  }
  const fair = 1 / partitions;
  const hot = counts.filter(({ records }) => records / total > TOO_MUCH * fair);
  const findings = hot.map(({ partition, records }) => ({
    evidence: `partition ${partition} has ${percent(records / total)} of ${total} records; a fair share of ${partitions} partitions is ${percent(fair)}.`,
    todo:
      'The check hot-key shows whether one key is the cause. If not, the producer sends without keys or with its own ' +
      "partitioner. It should use order ids as keys, and Kafka's partitioner.",
  }));
  const most = Math.max(...counts.map(({ records }) => records));
  return verdictOf(findings, `the fullest partition has ${percent(most / total)} of ${total} records`);
}

export function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
