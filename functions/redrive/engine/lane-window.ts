import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import { hasKey, laneName } from '../../kafka/lane-name.ts';
import type { TopicPartitionOffset } from '../../kernel/topic-partition-offset.ts';
import type { DriveItem, DriveLimits, DrivenRecord } from './ports.ts';
import { wireBytes } from './wire-bytes.ts';

/** Enough that the records of many keys are at hand, and few enough to be held in memory. */
const MOST_ITEMS = 5_000;
const MOST_BYTES = 16_000_000;

/** An item with what is asked of it again and again. */
interface Waiting {
  readonly lane: string;
  readonly place: TopicPartitionOffset;
  readonly wire: KafkaRecord | undefined;
  readonly bytes: number;
}

/**
 * The next records of a source, of which those are taken that no earlier record of their key waits before. Records of a
 * lane leave it in the order in which they came.
 */
export class LaneWindow {
  #waiting: Waiting[] = [];
  #bytes = 0;
  /** By lane, the record that holds back all behind it. */
  readonly #blocked = new Map<string, TopicPartitionOffset>();

  get isFull(): boolean {
    return this.#waiting.length >= MOST_ITEMS || this.#bytes >= MOST_BYTES;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  add({ record, wire }: DriveItem): void {
    const bytes = wire === undefined ? 0 : wireBytes(wire);
    this.#waiting.push({ lane: laneName(record), place: placeOf(record), wire, bytes });
    this.#bytes += bytes;
  }

  block(record: KafkaRecord): void {
    this.#blocked.set(laneName(record), placeOf(record));
  }

  /** Takes out what is held back: behind a record that failed, or behind one that is not to be tried. */
  takeHeldBack(): readonly DrivenRecord[] {
    const taken: DrivenRecord[] = [];
    const ahead = new Set<string>();
    const marked = new Map<string, TopicPartitionOffset>();
    this.#keep(({ lane, place, wire }) => {
      const behind = this.#blocked.get(lane) ?? marked.get(lane);
      if (behind !== undefined) {
        if (wire !== undefined) taken.push({ record: wire, fate: { kind: 'heldBack', behind } });
        return false;
      }
      const isMark = wire === undefined;
      if (isMark && !ahead.has(lane)) this.#blocked.set(lane, place);
      else if (isMark) marked.set(lane, place);
      else ahead.add(lane);
      return !isMark || ahead.has(lane);
    });
    return taken;
  }

  /** Takes the records of the next invocation out: one of each key, and of records without a key as many as fit. */
  takeNext({ records, bytes }: Pick<DriveLimits, 'records' | 'bytes'>): readonly KafkaRecord[] {
    const taken: KafkaRecord[] = [];
    const passed = new Set<string>();
    let size = 0;
    this.#keep(({ lane, wire, bytes: own }) => {
      const fits = taken.length < records && (size + own <= bytes || taken.length === 0);
      if (wire === undefined || passed.has(lane) || !fits) {
        passed.add(lane);
        return true;
      }
      taken.push(wire);
      size += own;
      if (hasKey(wire)) passed.add(lane);
      return false;
    });
    return taken;
  }

  #keep(isKept: (item: Waiting) => boolean): void {
    this.#waiting = this.#waiting.filter(isKept);
    this.#bytes = this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

function placeOf({ topic, partition, offset }: TopicPartitionOffset): TopicPartitionOffset {
  return { topic, partition, offset };
}
