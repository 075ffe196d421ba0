import type { Lease } from '../memory/operations-memory.ts';
import type { OperationPorts } from '../ports.ts';

const LEASE_MS = 30_000;
const RENEW_EVERY_MS = 10_000;
const ASK_EVERY_MS = 1_000;

/** The owner of the redrive. */
export interface Run {
  readonly consumer: string;
  readonly runId: string;
  readonly by: string;
}

export type LeaseResult<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Another run is at work: it has prolonged its lease while this one waited for it. */
  | { readonly kind: 'busy'; readonly holder: Lease };

/** Asked before each step: undefined as long as the lease is held. */
export type IsInterrupted = () => Promise<string | undefined>;

/**
 * Works while no other run does so on the same consumer. A run that died holds its lease for half a minute at most; one that
 * slept for so long finds that it lost it, and stops.
 */
export async function withLease<T>(
  ports: OperationPorts,
  run: Run,
  work: (isInterrupted: IsInterrupted) => Promise<T>,
): Promise<LeaseResult<T>> {
  const holder = await takeLease(ports, run);
  if (holder !== undefined) return { kind: 'busy', holder };
  let lost: string | undefined;
  let renewedAt = ports.nowMs();
  const renew = async (): Promise<void> => {
    const answer = await hold(ports, run);
    if (answer === undefined) renewedAt = ports.nowMs();
    else lost = `Another run, of ${answer.by}, has taken over.`;
  };
  const stop = ports.every(RENEW_EVERY_MS, () => {
    // What does not answer is found out by the next step, which asks itself when the lease is old.
    renew().catch(() => undefined);
  });
  try {
    const value = await work(async () => {
      if (ports.nowMs() - renewedAt >= RENEW_EVERY_MS) await renew();
      return lost;
    });
    return { kind: 'done', value };
  } finally {
    stop();
    await ports.memory.letGo(run.consumer, run.runId);
  }
}

/** @returns who is at work; undefined when the lease is taken. */
async function takeLease(ports: OperationPorts, run: Run): Promise<Lease | undefined> {
  let before: Lease | undefined;
  for (;;) {
    const holder = await hold(ports, run);
    if (holder === undefined) return undefined;
    if (before !== undefined && holder.runId === before.runId && holder.untilMs > before.untilMs)
      return holder;
    before = holder;
    const left = Math.ceil((holder.untilMs - ports.nowMs()) / 1_000);
    ports.tell?.(
      `A redrive of ${run.consumer} by ${holder.by} is at work, or has died: waiting, for ${left} s at most.`,
    );
    await ports.pause(ASK_EVERY_MS);
  }
}

async function hold(
  { memory, nowMs }: OperationPorts,
  { consumer, runId, by }: Run,
): Promise<Lease | undefined> {
  const now = nowMs();
  const answer = await memory.hold(consumer, { runId, by, sinceMs: now, untilMs: now + LEASE_MS }, now);
  return answer.kind === 'taken' ? undefined : answer.holder;
}
