import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { ownGroups } from '../groups.ts';
import { readingsOf, type GroupReading } from '../sample.ts';
import { counted, verdictOf, type Verdict } from '../verdict.ts';

const WINDOW_MS = 600_000;
const FEWEST_READINGS = 3;
const CHANGES_TOLERATED = 2;

/** Finds members that join and leave all the time. */
export const restlessMembers: Check = {
  name: 'restless-members',
  matters:
    'Each time a member joins or leaves, the whole group stops, partitions move, and some records are read again.',
  look: lookForRestlessMembers,
};

function lookForRestlessMembers(facts: Facts): Verdict {
  const groups = ownGroups(facts).map(({ groupId }) => ({
    groupId,
    readings: readingsOf(groupId, facts).filter(({ at }) => facts.takenAt - at <= WINDOW_MS),
  }));
  if (groups.every(({ readings }) => readings.length < FEWEST_READINGS)) {
    const readings = Math.max(0, ...groups.map((group) => group.readings.length));
    return {
      kind: 'unknown',
      reason: `${counted(readings, 'reading')} of the last ten minutes, but at least ${FEWEST_READINGS} are needed: orders doctor --for 10`,
    };
  }
  const findings = groups.flatMap(({ groupId: group, readings }) => {
    const changes = changesIn(readings);
    return changes <= CHANGES_TOLERATED
      ? []
      : {
          group,
          evidence: `its members changed ${changes} times in ${seconds(readings)} s (${readings.length} readings).`,
          todo:
            'Look for a member that crashes or is killed: `orders status --watch` shows who joins and leaves, and the log of ' +
            'that client says why. On AWS, a large distance between minimum and maximum pollers lets a mapping scale up and down.',
        };
  });
  return verdictOf(findings, 'members stayed');
}

/** Counts the readings in which a group had other members than before, or was rebalancing. */
function changesIn(readings: readonly GroupReading[]): number {
  return readings.filter((reading, index) => {
    const before = readings[index - 1];
    if (before === undefined) return false;
    const isSettling = reading.state.endsWith('Rebalance');
    return isSettling || reading.members.toSorted().join() !== before.members.toSorted().join();
  }).length;
}

function seconds(readings: readonly GroupReading[]): number {
  return Math.round(((readings.at(-1)?.at ?? 0) - (readings[0]?.at ?? 0)) / 1_000);
}
