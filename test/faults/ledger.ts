import type { KafkaAdmin } from '../broker/support/kafka-admin.ts';
import type { LedgerRecord } from './judge.ts';

const KEYS = 500;

/** Produces records with keys, and notes each under the offset that it got: nobody else writes to the topic. */
export class Ledger {
  /** By partition; a record's place is its offset. */
  readonly records: readonly LedgerRecord[][];
  readonly #kafka: Pick<KafkaAdmin, 'produce'>;
  readonly #topic: string;
  readonly #sequences = new Map<string, number>();
  #count = 0;

  constructor(kafka: Pick<KafkaAdmin, 'produce'>, topic: string, partitions: number) {
    this.#kafka = kafka;
    this.#topic = topic;
    this.records = Array.from({ length: partitions }, () => []);
  }

  /** Produces until there are so many records, and resolves when the broker has them all. */
  async produceUpTo(total: number): Promise<void> {
    const records = Array.from({ length: total - this.#count }, () => this.#next());
    await this.#kafka.produce(
      this.#topic,
      records.map(({ partition, record: { key, value } }) => ({ partition, key, value })),
    );
    for (const { partition, record } of records) this.records[partition]?.push(record);
  }

  #next(): { readonly partition: number; readonly record: LedgerRecord } {
    const number = this.#count % KEYS;
    const key = `key-${number}`;
    const sequence = this.#sequences.get(key) ?? 0;
    this.#sequences.set(key, sequence + 1);
    this.#count += 1;
    return {
      partition: number % this.records.length,
      record: { key, sequence, value: `${key}/${sequence}` },
    };
  }
}
