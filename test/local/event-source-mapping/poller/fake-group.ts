import type {
  CommitResult,
  GroupConsumer,
  GroupConsumerEvents,
} from '../../../../local/event-source-mapping/poller/consumer/group-consumer.ts';
import { aPolledRecord } from '../builders.ts';

/** A group member whose broker is the test: it says what is assigned and fetched, and notes what the poller asks. */
export class FakeGroup implements GroupConsumer {
  readonly calls: string[] = [];
  readonly commits: Record<number, number>[] = [];
  /** Answers to commits, first to last; all further ones succeed. */
  commitResults: CommitResult[] = [];
  events: GroupConsumerEvents | undefined;
  generationId = 0;
  /** Epoch milliseconds until which the group waits for the member. */
  until = Number.POSITIVE_INFINITY;

  start(events: GroupConsumerEvents): void {
    this.events = events;
  }

  pause(partition: number): void {
    this.calls.push(`pause ${partition}`);
  }

  resume(partition: number): void {
    this.calls.push(`resume ${partition}`);
  }

  commit(offsets: ReadonlyMap<number, number>): Promise<CommitResult> {
    const result = this.commitResults.shift() ?? { kind: 'committed' };
    if (result.kind === 'committed') this.commits.push(Object.fromEntries(offsets));
    return Promise.resolve(result);
  }

  memberUntil(): number {
    return this.until;
  }

  stop(): Promise<void> {
    this.calls.push('leave');
    return Promise.resolve();
  }

  /** Ends a rebalance: the group is in its next generation, or in one that many later. */
  assign(memberId: string, partitions: readonly number[], generations = 1): void {
    this.generationId += generations;
    this.events?.assigned({ memberId, generationId: this.generationId, partitions });
  }

  /** Delivers one answer of the broker, with records of one partition. */
  deliver(partition: number, offsets: readonly number[], value = 'v'): void {
    this.deliverPart(partition, offsets, value);
    this.events?.answered();
  }

  /** Delivers records of one partition, of an answer with more. */
  deliverPart(partition: number, offsets: readonly number[], value = 'v'): void {
    this.events?.fetched(
      partition,
      offsets.map((offset) =>
        aPolledRecord({ topic: 'orders', partition, offset, value: Buffer.from(value) }),
      ),
    );
  }
}
