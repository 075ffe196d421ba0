import { readLetter, type Letter, type OffsetRange } from './read-letter.ts';

export type ParkedLetter = Extract<Letter, { kind: 'parked' }>;

/** The dead-letter queue of one consumer group. */
export class DeadLetters {
  readonly #topic: string;
  readonly #parked = new Map<string, ParkedLetter>();
  readonly #pointed = new Map<string, OffsetRange[]>();
  /** Messages of another group, another topic, or of no known form. */
  readonly strange: string[] = [];
  /** Messages in the queue. */
  count = 0;
  /** Batches that Lambda discarded. */
  pointers = 0;

  constructor(topic: string) {
    this.#topic = topic;
  }

  get parked(): Iterable<ParkedLetter> {
    return this.#parked.values();
  }

  add(letter: Letter, groupId: string): void {
    this.count += 1;
    if (letter.kind === 'malformed') {
      this.strange.push('a message that is neither a parked record nor a failed batch');
    } else if (letter.kind === 'pointer') {
      this.pointers += 1;
      for (const range of letter.ranges) this.#addRange(range);
    } else if (letter.groupId !== groupId || letter.topic !== this.#topic) {
      this.strange.push(`a record of ${letter.topic} that ${letter.groupId} parked`);
    } else {
      this.#parked.set(nameOf(letter.partition, letter.offset), letter);
    }
  }

  /** Returns the parked record at a position. A record that was parked twice counts once. */
  parkedAt(partition: number, offset: number): ParkedLetter | undefined {
    return this.#parked.size === 0 ? undefined : this.#parked.get(nameOf(partition, offset));
  }

  /** Returns whether a discarded batch spans a position. The record itself may have been handled before. */
  isPointedAt(partition: number, offset: number): boolean {
    const ranges = this.#pointed.get(`${this.#topic}-${partition}`);
    return ranges !== undefined && ranges.some(({ first, last }) => offset >= first && offset <= last);
  }

  #addRange(range: OffsetRange): void {
    const ranges = this.#pointed.get(range.topicPartition);
    if (ranges === undefined) this.#pointed.set(range.topicPartition, [range]);
    else ranges.push(range);
  }
}

export async function readDeadLetters(
  bodies: AsyncIterable<string>,
  { topic, groupId }: { readonly topic: string; readonly groupId: string },
): Promise<DeadLetters> {
  const letters = new DeadLetters(topic);
  for await (const body of bodies) letters.add(readLetter(body), groupId);
  return letters;
}

function nameOf(partition: number, offset: number): string {
  return `${partition} ${offset}`;
}
