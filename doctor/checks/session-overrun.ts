import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { ownGroups } from '../groups.ts';
import { readingsOf, type GroupReading } from '../sample.ts';
import { verdictOf, type Finding, type Verdict } from '../verdict.ts';

const FEWEST_READINGS = 3;
const FEWEST_OWNERS = 3;

/** Finds work that takes longer than a group's session allows. */
export const sessionOverrun: Check = {
  name: 'session-overrun',
  matters:
    'If a member works longer than its session allows, the group removes it, and the next member repeats the work, for ever.',
  look: lookForOverruns,
};

function lookForOverruns(facts: Facts): Verdict {
  const groups = ownGroups(facts).map(({ groupId }) => ({ groupId, readings: readingsOf(groupId, facts) }));
  if (groups.every(({ readings }) => readings.length < FEWEST_READINGS)) {
    return {
      kind: 'unknown',
      reason: `there are fewer than ${FEWEST_READINGS} readings of the last hour: orders doctor --for 10, or run the doctor again later`,
    };
  }
  const findings = groups.flatMap(({ groupId, readings }) => standstills(groupId, readings));
  return verdictOf(findings, 'no partition changed its reader without progress');
}

/** Finds partitions with unread records that moved from member to member while their committed offset did not change. */
function standstills(group: string, readings: readonly GroupReading[]): readonly Finding[] {
  const last = readings.at(-1);
  return (last?.partitions ?? []).flatMap(({ partition, committed, end }) => {
    if (committed !== undefined && committed >= end) return [];
    const owners = ownersSinceStandstill(readings, partition, committed);
    return owners < FEWEST_OWNERS
      ? []
      : {
          group,
          evidence: `partition ${partition} had ${owners} readers one after the other and is still at offset ${committed ?? 'none'}, ${end - (committed ?? 0)} records before its end.`,
          todo:
            'Make batches smaller or the work faster, so that it ends within max.poll.interval.ms of the client (5 minutes ' +
            'by default), or raise that limit. The log of the reader says how long a record takes.',
        };
  });
}

function ownersSinceStandstill(
  readings: readonly GroupReading[],
  partition: number,
  committed: number | undefined,
): number {
  const owners: string[] = [];
  for (const reading of readings.toReversed()) {
    const then = reading.partitions.find((one) => one.partition === partition);
    if (then === undefined || then.committed !== committed) break;
    if (then.owner !== undefined && then.owner !== owners.at(-1)) owners.push(then.owner);
  }
  return owners.length;
}
