import type { LetterQueue, OperationPorts, QueueMessage } from '../../functions/redrive/ports.ts';

/** The number of messages that SQS returns at once. */
const MOST_AT_ONCE = 10;
/** The duration of a call to a nearby queue. */
const CALL_MS = 20;

interface StoredMessage extends Omit<QueueMessage, 'receipt'> {
  hiddenUntilMs: number;
}

/**
 * A dead-letter queue in memory that hides messages as SQS does. The emulator scans every message for each call: with
 * 10,000 of them, a scan takes longer than the visibility timeout.
 */
export class MemoryQueue implements LetterQueue {
  readonly #surroundings: Pick<OperationPorts, 'monotonicMs' | 'pause'>;
  /** By receipt, those that were looked at longest ago first. */
  readonly #messages = new Map<string, StoredMessage>();
  #count = 0;

  constructor(surroundings: Pick<OperationPorts, 'monotonicMs' | 'pause'>) {
    this.#surroundings = surroundings;
  }

  send(body: string, sentAtMs: number): void {
    this.#put({ id: `message-${this.#count}`, body, sentAtMs, hiddenUntilMs: 0 });
  }

  async receive(hiddenSeconds: number): Promise<readonly QueueMessage[]> {
    await this.#surroundings.pause(CALL_MS);
    const nowMs = this.#surroundings.monotonicMs();
    const received: QueueMessage[] = [];
    for (const [receipt, message] of this.#messages) {
      if (message.hiddenUntilMs > nowMs) continue;
      this.#messages.delete(receipt);
      const fresh = this.#put({ ...message, hiddenUntilMs: nowMs + hiddenSeconds * 1_000 });
      received.push({ id: message.id, body: message.body, sentAtMs: message.sentAtMs, receipt: fresh });
      if (received.length === MOST_AT_ONCE) break;
    }
    return received;
  }

  async release(receipts: readonly string[]): Promise<void> {
    await this.#callsFor(receipts);
    for (const receipt of receipts) {
      const message = this.#messages.get(receipt);
      if (message !== undefined) message.hiddenUntilMs = 0;
    }
  }

  async remove(receipts: readonly string[]): Promise<void> {
    await this.#callsFor(receipts);
    for (const receipt of receipts) this.#messages.delete(receipt);
  }

  depth(): Promise<{ readonly visible: number; readonly hidden: number }> {
    const nowMs = this.#surroundings.monotonicMs();
    const hidden = [...this.#messages.values()].filter(({ hiddenUntilMs }) => hiddenUntilMs > nowMs).length;
    return Promise.resolve({ visible: this.#messages.size - hidden, hidden });
  }

  #put(message: StoredMessage): string {
    this.#count += 1;
    const receipt = `receipt-${this.#count}`;
    this.#messages.set(receipt, message);
    return receipt;
  }

  /** Eight at a time, ten messages each, as the real queue is asked. */
  async #callsFor(receipts: readonly string[]): Promise<void> {
    await this.#surroundings.pause(Math.ceil(receipts.length / (MOST_AT_ONCE * 8)) * CALL_MS);
  }
}
