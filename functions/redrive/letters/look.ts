import type { ConsumerPort, OperationPorts, QueueMessage } from '../ports.ts';

/** The maximum time for which a look hides a message from others. */
const HIDDEN_SECONDS = 30;
const HIDDEN_MS = HIDDEN_SECONDS * 1_000;

/** For the last answer to come and for clocks that differ. */
const MARGIN_MS = 2_000;

/** A queue that waits for messages asks all of its servers; with several calls under way, one empty answer may still be early. */
const EMPTY_ANSWERS = 2;
/** A queue answers ten messages at a time: several calls at once bring thousands within seconds. */
const CALLS_AT_ONCE = 8;

/** The result of a look. */
export interface Look<T> {
  readonly seen: readonly T[];
  /** About how many messages others hold at this moment. */
  readonly withOthers: number;
}

export interface LookOptions<T> {
  /** Converts a message to the form that is kept in memory. */
  readonly keep: (message: QueueMessage) => T;
}

/**
 * Sees each message of a consumer's queue once, and leaves it there. Only one look at a time goes through a queue, so that
 * none sees half of it; when it ends, it shows the messages again at once.
 *
 * @throws {Error} when the queue is so long that messages come back before all were seen.
 */
export async function look<T>(
  ports: OperationPorts,
  consumer: ConsumerPort,
  { keep }: LookOptions<T>,
): Promise<Look<T>> {
  const turn = await waitForTurn(ports, consumer.name);
  const receipts: string[] = [];
  try {
    const seen = await receiveAll(ports, consumer, (message) => {
      receipts.push(message.receipt);
      return keep(message);
    });
    const { hidden } = await consumer.letters.depth();
    return { seen, withOthers: Math.max(0, hidden - seen.length) };
  } finally {
    await consumer.letters.release(receipts);
    await ports.memory.endTurn(consumer.name, turn);
  }
}

async function waitForTurn(ports: OperationPorts, consumer: string): Promise<string> {
  const id = ports.newId();
  for (;;) {
    const nowMs = ports.nowMs();
    const until = await ports.memory.takeTurn(consumer, {
      id,
      nowMs,
      untilMs: nowMs + HIDDEN_MS * 2 + MARGIN_MS,
    });
    if (until === undefined) return id;
    ports.tell?.(
      `Somebody else looks at the messages of ${consumer}: waiting, for ${inSeconds(until - nowMs)} at most.`,
    );
    await ports.pause(Math.min(Math.max(until - nowMs, 100), 1_000));
  }
}

async function receiveAll<T>(
  ports: OperationPorts,
  { name, letters }: ConsumerPort,
  keep: (message: QueueMessage) => T,
): Promise<readonly T[]> {
  const seen = new Map<string, T>();
  const startedAt = ports.monotonicMs();
  let empty = 0;
  const receive = async (): Promise<void> => {
    while (empty < EMPTY_ANSWERS) {
      const messages = await letters.receive(HIDDEN_SECONDS);
      const fresh = messages.filter(({ id }) => !seen.has(id));
      empty = fresh.length === 0 ? empty + 1 : 0;
      for (const message of fresh) seen.set(message.id, keep(message));
      if (fresh.length > 0 && ports.monotonicMs() - startedAt > HIDDEN_MS)
        throw new Error(tooLong(name, seen.size));
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, receive));
  return [...seen.values()];
}

function tooLong(consumer: string, seen: number): string {
  return (
    `The dead-letter queue of ${consumer} cannot be read within ${HIDDEN_SECONDS} s: ${seen} messages were seen by then, and ` +
    'there are more. Run the command closer to the queue.'
  );
}

function inSeconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}
