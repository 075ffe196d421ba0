import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import type { DriveItem, DrivenRecord } from '../engine/ports.ts';
import { orderIdOf } from '../letters/order-id.ts';
import { OperationRefused } from '../operations/operation.ts';
import type { TopicPort } from '../ports.ts';
import { mergeRanges, rangeText, type ReplayRange } from './replay-ranges.ts';

/** A record that failed and holds back the later ones of its key. */
export interface HoldingRecord {
  readonly partition: number;
  readonly offset: number;
  /** In base64; absent: the record has none. */
  readonly key?: string | undefined;
}

export interface ReplayWish {
  /** Without overlaps, by partition and offset. */
  readonly ranges: readonly ReplayRange[];
  /** Of earlier calls of the same run. */
  readonly holding: readonly HoldingRecord[];
  /** Only the records of this order. */
  readonly orderId?: string | undefined;
  /** The oldest record that may be replayed, epoch milliseconds; absent: no limit. */
  readonly notBeforeMs?: number | undefined;
}

/** Walks through ranges of a topic, and knows at any time what is left of them. */
export class ReplayWalk {
  readonly #wish: ReplayWish;
  readonly #topic: Pick<TopicPort, 'name' | 'read'>;
  /** Ranges that were not read to their end, with what is left of the first one. */
  #unread: readonly ReplayRange[];
  /** Given, and without a fate. */
  readonly #pending = new Map<KafkaRecord, ReplayRange>();
  readonly #holding: HoldingRecord[];
  #read = 0;

  constructor(topic: Pick<TopicPort, 'name' | 'read'>, wish: ReplayWish) {
    this.#topic = topic;
    this.#wish = wish;
    this.#unread = wish.ranges;
    this.#holding = [...wish.holding];
  }

  /** Records that were read, selected or not. */
  get read(): number {
    return this.#read;
  }

  /** What is to be walked through after a pause: what was not read, and what was read and has no fate. */
  get rest(): { readonly ranges: readonly ReplayRange[]; readonly holding: readonly HoldingRecord[] } {
    return { ranges: mergeRanges([...this.#pending.values(), ...this.#unread]), holding: this.#holding };
  }

  /**
   * Gives the records, by partition and offset, behind marks for those that hold back others.
   * @throws {OperationRefused} at a record that is too old to be replayed.
   */
  async *items(): AsyncGenerator<DriveItem> {
    for (const record of this.#wish.holding) {
      const { partition, offset, key = null } = record;
      yield { record: { topic: this.#topic.name, partition, offset, key }, wire: undefined };
    }
    for await (const record of this.#records()) yield { record, wire: record };
  }

  /** Notes what became of records. */
  note(driven: readonly DrivenRecord[]): void {
    for (const { record, fate } of driven) {
      this.#pending.delete(record);
      if (fate.kind !== 'failed') continue;
      const { partition, offset, key } = record;
      this.#holding.push({ partition, offset, ...(typeof key === 'string' ? { key } : {}) });
    }
  }

  async *#records(): AsyncGenerator<KafkaRecord> {
    for (let range = this.#unread[0]; range !== undefined; range = this.#unread[0]) {
      const { partition, first, last } = range;
      const others = this.#unread.slice(1);
      for await (const record of this.#topic.read(partition, first, last + 1)) {
        const { offset } = record;
        this.#read += 1;
        this.#unread = offset < last ? [{ partition, first: offset + 1, last }, ...others] : others;
        if (!this.#isSelected(record)) continue;
        this.#requireYoung(record);
        this.#pending.set(record, { partition, first: offset, last: offset });
        yield record;
      }
      this.#unread = others;
    }
  }

  #isSelected(record: KafkaRecord): boolean {
    const { orderId } = this.#wish;
    return orderId === undefined || orderIdOf(record) === orderId;
  }

  #requireYoung({ partition, offset, timestamp }: KafkaRecord): void {
    const { notBeforeMs } = this.#wish;
    if (notBeforeMs === undefined || timestamp >= notBeforeMs) return;
    const [place, time, from] = [
      rangeText({ partition, first: offset, last: offset }),
      new Date(timestamp).toISOString(),
      new Date(notBeforeMs).toISOString(),
    ];
    throw new OperationRefused(
      `The record ${place} is of ${time}, and the consumer remembers what it did since ${from} only: an older effect could ` +
        `happen a second time. Begin later, with --from ${from}, or leave that record out with --range.`,
    );
  }
}
