import type { GroupEvent } from './coordinator-log.ts';
import { memberName } from './group-views.ts';
import type { GroupView, Move, Overview, RebalanceCause, RebalanceView } from './views.ts';

const MOST_REBALANCES = 200;
const UNKNOWN_REASON = 'the log of the broker says nothing of it';

interface Rebalance extends Omit<RebalanceView, 'causes'> {
  readonly causes: RebalanceCause[];
  /** Owners by partition before it; absent when no sample had them. */
  readonly before: Owners | undefined;
}

type Owners = ReadonlyMap<number, string | undefined>;

interface Observation {
  readonly at: number;
  readonly owners: Owners;
  readonly generation: number | undefined;
}

interface GroupMemory {
  /** The last sample in which the group was settled. */
  settled?: Observation;
  /** When pollers ended, by their name. */
  readonly gone: Map<string, number>;
}

/** Puts together what the broker's log says of rebalances, and which owners the samples saw before and after. */
export class Timeline {
  readonly #rebalances: Rebalance[] = [];
  readonly #groups = new Map<string, GroupMemory>();
  /** Whether there is a log; without one, only samples show rebalances. */
  readonly #hasLog: boolean;

  constructor({ hasLog }: { readonly hasLog: boolean }) {
    this.#hasLog = hasLog;
  }

  /** The newest first. */
  list(): readonly RebalanceView[] {
    return this.#rebalances.toReversed().map(viewOf);
  }

  /** Takes in what a log says. @returns whether the list is another than before. */
  note(event: GroupEvent): boolean {
    const memory = this.#memory(event.groupId);
    const open = this.#open(event.groupId);
    switch (event.kind) {
      case 'gone':
        memory.gone.set(`poller ${event.pid}`, event.at);
        return false;
      case 'joining':
        if (open !== undefined) addCause(open, { kind: 'join', member: event.member });
        return open !== undefined;
      case 'left':
        if (open !== undefined) addCause(open, { kind: 'leave', member: event.member });
        return open !== undefined;
      case 'preparing':
        this.#begin(event, memory);
        return true;
      case 'stabilized':
        if (open === undefined) return false;
        this.#replace(open, {
          ...open,
          generation: event.generation,
          members: event.members,
          ...(event.members === 0 ? { endedAt: event.at } : {}),
        });
        return true;
      case 'assigned':
        if (open === undefined) return false;
        this.#replace(open, { ...open, generation: event.generation, endedAt: event.at });
        return true;
    }
  }

  /** Takes in who owned what. @returns whether the list is another than before. */
  observe({ at, groups, problem }: Overview): boolean {
    if (problem !== undefined) return false;
    return groups.map((group) => this.#observeGroup(group, at)).some(Boolean);
  }

  /** Whether the last rebalance of a group is over, and no sample has seen who reads now. */
  get awaitsSample(): boolean {
    return [...this.#groups.keys()].some((groupId) => {
      const last = this.#rebalances.findLast((rebalance) => rebalance.groupId === groupId);
      return last?.endedAt !== undefined && last.moves === undefined;
    });
  }

  #observeGroup(group: GroupView, at: number): boolean {
    if (group.state !== 'Stable' && group.state !== 'Empty') return false;
    const memory = this.#memory(group.groupId);
    const now = ownersOf(group);
    const before = memory.settled;
    const last = this.#rebalances.findLast(({ groupId }) => groupId === group.groupId);
    // The sample was taken while a rebalance went on, whatever the group's state says.
    if (last !== undefined && (last.endedAt === undefined || last.endedAt > at)) return false;
    memory.settled = { at, owners: now, generation: group.generation };
    if (last !== undefined && last.moves === undefined) {
      this.#replace(last, { ...last, moves: movesBetween(last, now, memory.gone) });
      return true;
    }
    if (this.#hasLog || before === undefined || isSame(before.owners, now)) return false;
    this.#rebalances.push(seenBySamples(group, before, { at, owners: now, generation: group.generation }));
    this.#trim();
    return true;
  }

  #begin(
    { groupId, at, oldGeneration, cause }: Extract<GroupEvent, { kind: 'preparing' }>,
    memory: GroupMemory,
  ): void {
    const open = this.#open(groupId);
    if (open !== undefined) {
      addCause(open, cause);
      return;
    }
    const rebalance: Rebalance = {
      id: `${groupId}/${oldGeneration}/${at}`,
      groupId,
      startedAt: at,
      causes: [],
      // Before the first generation nobody read.
      before: memory.settled?.owners ?? (oldGeneration === 0 ? new Map() : undefined),
    };
    addCause(rebalance, cause);
    this.#rebalances.push(rebalance);
    this.#trim();
  }

  #trim(): void {
    if (this.#rebalances.length > MOST_REBALANCES) this.#rebalances.shift();
  }

  #open(groupId: string): Rebalance | undefined {
    const last = this.#rebalances.findLast((rebalance) => rebalance.groupId === groupId);
    return last?.endedAt === undefined ? last : undefined;
  }

  #replace(old: Rebalance, changed: Rebalance): void {
    const index = this.#rebalances.indexOf(old);
    if (index !== -1) this.#rebalances[index] = changed;
  }

  #memory(groupId: string): GroupMemory {
    const known = this.#groups.get(groupId);
    if (known !== undefined) return known;
    const memory: GroupMemory = { gone: new Map() };
    this.#groups.set(groupId, memory);
    return memory;
  }
}

function viewOf({ before: _before, ...view }: Rebalance): RebalanceView {
  return view;
}

/** A cause that has a member counts once. */
function addCause({ causes }: Rebalance, cause: RebalanceCause): void {
  const named = 'member' in cause ? { ...cause, member: memberName(cause.member) } : cause;
  const isKnown = causes.some(
    (one) => 'member' in one && 'member' in named && one.kind === named.kind && one.member === named.member,
  );
  if (!isKnown) causes.push(named);
}

function ownersOf({ cells }: GroupView): Owners {
  return new Map(cells.map(({ partition, owner }) => [partition, owner?.name]));
}

function isSame(one: Owners, other: Owners): boolean {
  return one.size === other.size && [...one].every(([partition, owner]) => other.get(partition) === owner);
}

/** Partitions that went from one owner to another, grouped by both. */
function movesBetween(
  { before, startedAt, endedAt }: Pick<Rebalance, 'before' | 'startedAt' | 'endedAt'>,
  after: Owners,
  gone: ReadonlyMap<string, number>,
): readonly Move[] {
  if (before === undefined) return [];
  const moved = [...after].flatMap(([partition, to]) => {
    const from = before.get(partition);
    return from === to ? [] : [{ partition, from, to }];
  });
  const byPair = Map.groupBy(moved, ({ from, to }) => `${from ?? ''} ${to ?? ''}`);
  return [...byPair.values()].map((partitions) => {
    const { from, to } = partitions[0] ?? {};
    const stoppedAt = (from === undefined ? undefined : gone.get(from)) ?? startedAt;
    const isReadAgain = from !== undefined && to !== undefined && endedAt !== undefined;
    const move: Move = {
      partitions: partitions.map(({ partition }) => partition),
      from,
      to,
      unreadMs: isReadAgain ? Math.max(0, endedAt - Math.min(stoppedAt, startedAt)) : undefined,
    };
    return move;
  });
}

/** Without a log the cause is not known, and the time lies between two samples. */
function seenBySamples({ groupId, members }: GroupView, before: Observation, after: Observation): Rebalance {
  const times = { startedAt: before.at, endedAt: after.at };
  return {
    id: `${groupId}/seen/${after.at}`,
    groupId,
    ...times,
    members: members.length,
    causes: [{ kind: 'unknown', reason: UNKNOWN_REASON }],
    before: before.owners,
    moves: movesBetween({ ...times, before: before.owners }, after.owners, new Map()),
    ...(after.generation === undefined ? {} : { generation: after.generation }),
  };
}
