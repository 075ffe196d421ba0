import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { ownGroups } from '../groups.ts';
import { readingsOf, type GroupReading } from '../sample.ts';
import { verdictOf, type Finding, type Verdict } from '../verdict.ts';

/** Finds offsets that moved back. */
export const movedBack: Check = {
  name: 'moved-back',
  matters:
    'If a committed offset moves back, records are handled again. That is harmless with dedupe, and a second effect without it.',
  look: lookForMovesBack,
};

function lookForMovesBack(facts: Facts): Verdict {
  if (facts.earlier.length === 0) {
    return { kind: 'unknown', reason: 'there is no earlier reading to compare with: run the doctor again' };
  }
  const findings = ownGroups(facts).flatMap(({ groupId }) => movesBack(groupId, readingsOf(groupId, facts)));
  return verdictOf(findings, 'no committed offset moved back');
}

function movesBack(group: string, readings: readonly GroupReading[]): readonly Finding[] {
  return readings.flatMap((reading, index) => {
    const before = readings[index - 1];
    return reading.partitions.flatMap(({ partition, committed }) => {
      const earlier = before?.partitions.find((one) => one.partition === partition)?.committed;
      if (before === undefined || earlier === undefined || (committed ?? 0) >= earlier) return [];
      const stands = committed === undefined ? 'its commit is missing' : `it was back at ${committed}`;
      return {
        group,
        evidence: `partition ${partition} was committed up to ${earlier} at ${timeText(before.at)}, and ${stands} by ${timeText(reading.at)}.`,
        todo: 'Find out who moved the offsets. The records in between are handled again; `orders audit` shows whether any effect happened twice.',
      };
    });
  });
}

export function timeText(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
