import type { LogEntry } from 'kafkajs';
import { problemOf } from '../transition-reason.ts';
import type { GroupConsumerEvents } from './group-consumer.ts';

/**
 * Tells when brokers are lost and found. kafkajs tries again by itself for minutes, and says so in its log only; a
 * fetch that comes back is its sign that all is well.
 */
export class ConnectionWatch {
  #events: Pick<GroupConsumerEvents, 'failed' | 'recovered'> | undefined;
  #isLost = false;

  watch(events: Pick<GroupConsumerEvents, 'failed' | 'recovered'>): void {
    this.#events = events;
  }

  /**
   * Takes an error that the client logged. A broker that answers with an error, as in every rebalance, is not lost,
   * unless the answer says that the mapping cannot work.
   */
  logged({ namespace, log }: Pick<LogEntry, 'namespace' | 'log'>): void {
    if (namespace !== 'Connection') return;
    const answer = new Error(String(log['error']));
    if (log.message.startsWith('Connection ')) this.failed(new Error(log.message));
    else if (problemOf(answer) !== undefined) this.failed(answer);
  }

  /** Takes an error that ended the client's polling. */
  failed(error: Error): void {
    this.#isLost = true;
    this.#events?.failed(error);
  }

  fetched(): void {
    if (!this.#isLost) return;
    this.#isLost = false;
    this.#events?.recovered();
  }
}
