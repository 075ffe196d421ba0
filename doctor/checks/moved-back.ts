import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { ownGroups } from '../groups.ts';
import { readingsOf, type GroupReading } from '../sample.ts';
import { verdictOf, type Finding, type Verdict } from '../verdict.ts';

/** Offsets that went back. */
export const movedBack: Check = {
  name: 'moved-back',
  matters:
    'Records behind a committed offset that went back are handled again: harmless for what dedupes, a second effect for what does not.',
  look: lookForMovesBack,
};

function lookForMovesBack(facts: Facts): Verdict {
  if (facts.earlier.length === 0) {
    return { kind: 'unknown', reason: 'there is no earlier reading to compare with: look again' };
  }
  const findings = ownGroups(facts).flatMap(({ groupId }) => movesBack(groupId, readingsOf(groupId, facts)));
  return verdictOf(findings, 'no committed offset went back');
}

function movesBack(group: string, readings: readonly GroupReading[]): readonly Finding[] {
  return readings.flatMap((reading, index) => {
    const before = readings[index - 1];
    return reading.partitions.flatMap(({ partition, committed }) => {
      const earlier = before?.partitions.find((one) => one.partition === partition)?.committed;
      if (before === undefined || earlier === undefined || (committed ?? 0) >= earlier) return [];
      const stands = committed === undefined ? 'its commit is gone' : `it went back to ${committed}`;
      return {
        group,
        evidence: `partition ${partition} was committed up to ${earlier} at ${timeText(before.at)}, and ${stands} by ${timeText(reading.at)}.`,
        todo: 'Ask who moved the offsets. The records in between are handled again; `orders audit` says whether anything came of it twice.',
      };
    });
  });
}

export function timeText(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
