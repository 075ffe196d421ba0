import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { ownGroups } from '../groups.ts';
import { readingsOf, type GroupReading } from '../sample.ts';
import { verdictOf, type Finding, type Verdict } from '../verdict.ts';
import { timeText } from './moved-back.ts';

/** Finds offsets that jumped ahead of unread records. */
export const jumpedAhead: Check = {
  name: 'jumped-ahead',
  matters:
    'Records between the old and the new offset are skipped, and lag falls to 0 as if everything were fine.',
  look: lookForJumps,
};

function lookForJumps(facts: Facts): Verdict {
  const findings = ownGroups(facts).flatMap(({ groupId }) => {
    const readings = readingsOf(groupId, facts);
    return jumps(groupId, readings).concat(beyondTheEnd(groupId, readings.at(-1)));
  });
  if (findings.length === 0 && facts.earlier.length === 0) {
    return { kind: 'unknown', reason: 'there is no earlier reading to compare with: run the doctor again' };
  }
  return verdictOf(findings, 'no committed offset moved while nobody read');
}

/**
 * Finds offsets that were moved by hand. Only members commit what they read, so an offset that moves without members
 * was set by hand.
 */
function jumps(group: string, readings: readonly GroupReading[]): readonly Finding[] {
  return readings.flatMap((reading, index) => {
    const before = readings[index - 1];
    if (before === undefined || before.members.length > 0 || reading.members.length > 0) return [];
    return reading.partitions.flatMap(({ partition, committed }) => {
      const then = before.partitions.find((one) => one.partition === partition);
      const from = then?.committed ?? 0;
      if (then === undefined || committed === undefined || committed <= from) return [];
      return {
        group,
        evidence: `partition ${partition} went from ${from} to ${committed} between ${timeText(before.at)} and ${timeText(reading.at)}, while the group had no member.`,
        todo: `Find out who moved the offsets. \`orders audit\` lists the records from ${from} to ${committed - 1} that nobody handled.`,
      };
    });
  });
}

function beyondTheEnd(group: string, reading: GroupReading | undefined): readonly Finding[] {
  return (reading?.partitions ?? []).flatMap(({ partition, committed, end }) =>
    committed === undefined || committed <= end
      ? []
      : {
          group,
          evidence: `partition ${partition} is committed up to ${committed} and ends at ${end}.`,
          todo:
            'The topic was created again, or the commit is from another cluster. Stop the mapping, and move the group to the ' +
            'earliest offset.',
        },
  );
}
