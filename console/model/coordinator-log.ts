import type { RebalanceCause } from './views.ts';

/** What a line of the broker's log, or of the mappings' log, says of a group. */
export type GroupEvent = { readonly at: number; readonly groupId: string } & (
  | { readonly kind: 'preparing'; readonly oldGeneration: number; readonly cause: RebalanceCause }
  | { readonly kind: 'joining' | 'left'; readonly member: string }
  | { readonly kind: 'stabilized'; readonly generation: number; readonly members: number }
  | { readonly kind: 'assigned'; readonly generation: number }
  /** An event poller's process has ended. */
  | { readonly kind: 'gone'; readonly pid: number }
);

const COORDINATOR =
  /^(\S+) \[[^\]]*\] INFO kafka\.coordinator\.group\.GroupCoordinator - \[GroupCoordinator \d+\]: (.*)$/;
const GONE = /^(\S+) WARN topic \S+, group (\S+): poller (\d+) has ended/;

/**
 * Reads a line of the group coordinator's log. No request of Kafka's protocol returns the cause of a rebalance, but the log
 * of the local broker has it.
 * @see https://github.com/apache/kafka/blob/3.9.2/core/src/main/scala/kafka/coordinator/group/GroupCoordinator.scala
 */
export function readCoordinatorLine(line: string): GroupEvent | undefined {
  const [, time = '', text = ''] = COORDINATOR.exec(line) ?? [];
  const at = Date.parse(time);
  if (Number.isNaN(at)) return undefined;
  for (const read of READERS) {
    const event = read(text);
    if (event !== undefined) return { at, ...event };
  }
  return undefined;
}

/** Reads a line of the log of the event source mappings. */
export function readMappingLine(line: string): GroupEvent | undefined {
  const [, time = '', groupId = '', pid = ''] = GONE.exec(line) ?? [];
  const at = Date.parse(time);
  return Number.isNaN(at) ? undefined : { at, kind: 'gone', groupId, pid: Number(pid) };
}

type Told = GroupEvent extends infer E ? (E extends GroupEvent ? Omit<E, 'at'> : never) : never;

const READERS: readonly ((text: string) => Told | undefined)[] = [
  (text) => {
    const found =
      /^Preparing to rebalance group (\S+) in state \S+ with old generation (\d+) \([^)]*\) \(reason: (.*)\)$/.exec(
        text,
      );
    if (found === null) return undefined;
    const [, groupId = '', generation = '', reason = ''] = found;
    return { kind: 'preparing', groupId, oldGeneration: Number(generation), cause: causeOf(reason) };
  },
  (text) => {
    const found = /^Stabilized group (\S+) generation (\d+) \([^)]*\) with (\d+) members/.exec(text);
    if (found === null) return undefined;
    const [, groupId = '', generation = '', members = ''] = found;
    return { kind: 'stabilized', groupId, generation: Number(generation), members: Number(members) };
  },
  (text) => {
    const found = /^Assignment received from leader \S+ for group (\S+) for generation (\d+)/.exec(text);
    if (found === null) return undefined;
    const [, groupId = '', generation = ''] = found;
    return { kind: 'assigned', groupId, generation: Number(generation) };
  },
  (text) => {
    const found =
      /^Dynamic member with unknown member id joins group (\S+) in \S+ state\. Created a new member id (\S+) and/.exec(
        text,
      );
    return found === null ? undefined : { kind: 'joining', groupId: found[1] ?? '', member: found[2] ?? '' };
  },
  (text) => {
    const found =
      /^Member MemberMetadata\(memberId=(\S+), .*\) has left group (\S+) through explicit `LeaveGroup`/.exec(
        text,
      );
    return found === null ? undefined : { kind: 'left', groupId: found[2] ?? '', member: found[1] ?? '' };
  },
  (text) => {
    const found = /^Group (\S+) with generation (\d+) is now empty/.exec(text);
    if (found === null) return undefined;
    return { kind: 'stabilized', groupId: found[1] ?? '', generation: Number(found[2] ?? ''), members: 0 };
  },
];

/** The causes that the coordinator has words for. */
function causeOf(reason: string): RebalanceCause {
  const joined = /^Adding new member (\S+) with group instance id/.exec(reason)?.[1];
  if (joined !== undefined) return { kind: 'join', member: joined };
  const left = /^Removing member (\S+) on LeaveGroup/.exec(reason)?.[1];
  if (left !== undefined) return { kind: 'leave', member: left };
  const timedOut = /^removing member (\S+) on heartbeat expiration/.exec(reason)?.[1];
  if (timedOut !== undefined) return { kind: 'timeout', member: timedOut };
  const again = /^(?:Leader|Updating metadata for member) (\S+) (.*)$/.exec(reason);
  if (again !== null) return { kind: 'rejoin', member: again[1] ?? '', reason };
  return { kind: 'unknown', reason };
}
