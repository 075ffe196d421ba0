import type { GroupConsumer } from './consumer/group-consumer.ts';
import type { PollerEvent } from './messages.ts';
import type { PartitionLease } from './partition-lease.ts';

/** The wait before the retry of a refused commit, in milliseconds. */
const COMMIT_RETRY_MS = 250;

export interface CommitDeps {
  readonly consumer: Pick<GroupConsumer, 'commit'>;
  readonly emit: (event: PollerEvent) => void;
  /** Waits until the time is over or the signal aborts. */
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Resolves when a commit that begins now may be followed by the next one. */
  readonly interval: () => Promise<void>;
}

/** Commits the progress of these partitions, and retries while this member owns them. Never throws. */
export type CommitLeases = (leases: Iterable<PartitionLease>, stopping: AbortSignal) => Promise<void>;

/**
 * Sends one commit at a time, and begins none before the interval of the last one is over. Those that are asked for in
 * the meantime go together with the next one, because a broker writes and replicates each commit like a record.
 */
export function createCommitLeases(deps: CommitDeps): CommitLeases {
  let current: Promise<void> | undefined;
  let next: Waiting | undefined;
  const begin = (leases: ReadonlySet<PartitionLease>, stopping: AbortSignal): Promise<void> => {
    const interval = deps.interval();
    const done = commitUntilDone([...leases], stopping, deps);
    current = bothEnded(done, interval).finally(() => {
      if (next === undefined) current = undefined;
    });
    return done;
  };
  return async (candidates, stopping) => {
    if (current === undefined) return begin(new Set(candidates), stopping);
    next ??= afterwards(current, (leases) => {
      next = undefined;
      return begin(leases, stopping);
    });
    for (const lease of candidates) next.leases.add(lease);
    return next.done;
  };
}

async function bothEnded(done: Promise<void>, interval: Promise<void>): Promise<void> {
  await done;
  await interval;
}

/** The leases whose commit waits for the one before. */
interface Waiting {
  readonly leases: Set<PartitionLease>;
  readonly done: Promise<void>;
}

function afterwards(
  before: Promise<void>,
  begin: (leases: ReadonlySet<PartitionLease>) => Promise<void>,
): Waiting {
  const leases = new Set<PartitionLease>();
  return { leases, done: before.then(() => begin(leases)) };
}

async function commitUntilDone(
  leases: readonly PartitionLease[],
  stopping: AbortSignal,
  { consumer, emit, delay }: CommitDeps,
): Promise<void> {
  for (;;) {
    // Nothing is awaited from here to the call, so no rebalance can happen in between.
    const offsets = committable(leases);
    if (offsets.size === 0) return;
    const result = await consumer.commit(offsets);
    if (result.kind === 'committed') {
      const events = leases.reduce((sum, lease) => sum + noteCommitted(lease, offsets), 0);
      emit({ type: 'committed', offsets: [...offsets] });
      emit({ type: 'counted', counts: { CommittedEventCount: events } });
      return;
    }
    emit({ type: 'counted', counts: { CommitErrorCount: 1 } });
    emit({
      type: 'log',
      level: 'WARN',
      code: 'COMMIT_ERROR',
      message: `commit refused: ${result.error.message}`,
    });
    if (stopping.aborted) return;
    await delay(COMMIT_RETRY_MS, stopping);
  }
}

function committable(leases: readonly PartitionLease[]): Map<number, number> {
  const offsets = new Map<number, number>();
  for (const lease of leases) {
    const offset = lease.ended ? null : lease.progress.committable();
    if (offset !== null) offsets.set(lease.partition, offset);
  }
  return offsets;
}

/** @returns how many offsets the commit passed. */
function noteCommitted(
  { partition, progress }: PartitionLease,
  offsets: ReadonlyMap<number, number>,
): number {
  const offset = offsets.get(partition);
  return offset === undefined ? 0 : progress.committed(offset);
}
