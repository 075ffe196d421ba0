import type { GroupHistory, History } from '../model/views.ts';

const MOST_SAMPLES = 900;

/** Appends newer samples. A group that one side does not know has gaps there. */
export function joinHistories(before: History, after: History): History {
  if (after.times.length === 0) return before;
  const groupIds = new Set([...before.groups, ...after.groups].map(({ groupId }) => groupId));
  return {
    times: latest([...before.times, ...after.times]),
    produced: latest([...before.produced, ...after.produced]),
    groups: [...groupIds].map((groupId): GroupHistory => {
      const [old, newer] = [find(before, groupId), find(after, groupId)];
      return {
        groupId,
        lag: latest([...(old?.lag ?? gaps(before)), ...(newer?.lag ?? gaps(after))]),
        throughput: latest([...(old?.throughput ?? gaps(before)), ...(newer?.throughput ?? gaps(after))]),
      };
    }),
  };
}

const find = ({ groups }: History, groupId: string): GroupHistory | undefined =>
  groups.find((group) => group.groupId === groupId);

const gaps = ({ times }: History): readonly null[] => times.map(() => null);

const latest = <T>(values: readonly T[]): readonly T[] => values.slice(-MOST_SAMPLES);
