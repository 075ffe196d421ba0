import type { Delivery } from '../../../functions/redrive/engine/ports.ts';
import type {
  JournalEntry,
  Lease,
  OperationsMemory,
  RecordHistory,
  Supersession,
} from '../../../functions/redrive/memory/operations-memory.ts';
import type {
  ConsumerPort,
  GroupsPort,
  LetterQueue,
  OperationPorts,
  TopicPort,
} from '../../../functions/redrive/ports.ts';
import type { KafkaRecord } from '../../../functions/kafka/kafka-event.ts';
import type { RehearsedRecord } from '../../../functions/kafka/rehearsal.ts';
import { aKafkaRecord, base64, TOPIC } from '../kafka/kafka-events.ts';

const GROUP = 'billing-group';
const START_MS = Date.parse('2026-11-30T12:00:00Z');
const DAY_MS = 86_400_000;

interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly sentAtMs: number;
  hiddenUntilMs: number;
  receipt: string;
}

/** A stage in memory: one topic, one consumer, its queue and the operations table, with a clock that pauses move. */
export class RedriveWorld {
  nowMs = START_MS;
  readonly messages = new Map<string, StoredMessage>();
  readonly topicRecords: KafkaRecord[] = [];
  topicStart = 0;
  topicEnd = 1_000_000;
  retentionMs: number | undefined = 7 * DAY_MS;
  /** Records that had their effect, in the order in which they had it; a repeated one had it twice. */
  readonly effects: string[] = [];
  /** How often each record was handed to the consumer. */
  readonly deliveries = new Map<string, number>();
  readonly deliveredAtMs: { readonly atMs: number; readonly records: number }[] = [];
  /** What a record's effect fails with, by `<partition>:<offset>`. */
  readonly poison = new Map<string, string>();
  /** Records that the consumer parks again although a rehearsal did not know. */
  readonly surprises = new Set<string>();
  /** Whether the consumer looks for an effect before it has it again. */
  dedupes = true;
  /** Records that end the invocation they are in. */
  readonly killers = new Set<string>();
  readonly tries = new Map<string, { runs: Set<string>; firstSeenMs: number }>();
  readonly journal: JournalEntry[] = [];
  readonly supersessions: Supersession[] = [];
  /** What the consumer's group has committed, by partition. */
  readonly committed = new Map<number, number>();
  /** Of the consumer's group. */
  members = 0;
  remembersMs: number | undefined = 30 * DAY_MS;
  #turn: { id: string; untilMs: number } | undefined;
  #lease: Lease | undefined;
  #ids = 0;

  park(record: KafkaRecord, overrides: Readonly<Record<string, unknown>> = {}): void {
    const { topic, partition, offset, timestamp, timestampType, ...content } = record;
    this.send({
      kind: 'parked-record',
      version: 1,
      group: GROUP,
      functionVersion: '1',
      parkedAt: new Date(this.nowMs).toISOString(),
      topic,
      partition,
      offset,
      timestamp,
      timestampType,
      reason: 'fails-unexpectedly',
      message: 'It failed.',
      ...content,
      ...overrides,
    });
  }

  send(body: unknown): void {
    const id = `message-${(this.#ids += 1)}`;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    this.messages.set(id, { id, body: text, sentAtMs: this.nowMs, hiddenUntilMs: 0, receipt: '' });
  }

  ports(overrides: Partial<OperationPorts> = {}): OperationPorts {
    return {
      topic: this.#topic(),
      groups: this.#groups(),
      consumers: { billing: this.consumer() },
      memory: this.#memory(),
      nowMs: () => this.nowMs,
      monotonicMs: () => this.nowMs,
      pause: (ms) => {
        this.nowMs += ms;
        return Promise.resolve();
      },
      newId: () => `id-${(this.#ids += 1)}`,
      every: () => () => undefined,
      deadline: { remainingMs: () => Number.POSITIVE_INFINITY },
      ...overrides,
    };
  }

  consumer(): ConsumerPort {
    return {
      name: 'billing',
      groupId: GROUP,
      batchSize: 50,
      remembersMs: this.remembersMs,
      letters: this.#letters(),
      rehearse: (records) => Promise.resolve(records.map((record) => this.#rehearse(record))),
      deliver: (records) => Promise.resolve(this.#deliver(records)),
    };
  }

  #rehearse(record: KafkaRecord): RehearsedRecord {
    const name = nameOf(record);
    const place = { partition: `${record.topic}-${record.partition}`, offset: record.offset };
    if (this.effects.includes(name)) return { ...place, outcome: 'duplicate' };
    const reason = this.poison.get(name);
    return reason === undefined
      ? { ...place, outcome: 'processed' }
      : { ...place, outcome: 'poison', reason };
  }

  #deliver(records: readonly KafkaRecord[]): Delivery {
    this.deliveredAtMs.push({ atMs: this.nowMs, records: records.length });
    for (const record of records) {
      const name = nameOf(record);
      this.deliveries.set(name, (this.deliveries.get(name) ?? 0) + 1);
      if (this.killers.has(name)) return { kind: 'ended', error: 'Runtime.ExitError' };
      if (this.surprises.has(name)) this.park(record, { reason: 'contact-refused' });
      else if (!this.dedupes || !this.effects.includes(name)) this.effects.push(name);
    }
    return { kind: 'answered', failed: new Set() };
  }

  #topic(): TopicPort {
    return {
      name: TOPIC,
      bounds: () =>
        Promise.resolve(
          new Map([0, 1, 2].map((partition) => [partition, { start: this.topicStart, end: this.topicEnd }])),
        ),
      retentionMs: () => Promise.resolve(this.retentionMs),
      offsetsAt: (timestampMs) =>
        Promise.resolve(
          new Map([0, 1, 2].map((partition) => [partition, this.#offsetAt(partition, timestampMs)])),
        ),
      append: ({ key, value }) => {
        const offset = this.topicRecords.length;
        this.topicRecords.push(keyed(offset, key, { value: base64(value) }));
        return Promise.resolve({ partition: 0, offset });
      },
      read: (partition, from, to) => this.#read(partition, from, to),
    };
  }

  #offsetAt(partition: number, timestampMs: number): number {
    const found = this.topicRecords.filter(
      (record) => record.partition === partition && record.timestamp >= timestampMs,
    );
    return Math.max(this.topicStart, Math.min(this.topicEnd, ...found.map(({ offset }) => offset)));
  }

  #groups(): GroupsPort {
    return {
      offsets: () =>
        Promise.resolve(
          [0, 1, 2].map((partition) => ({
            partition,
            start: this.topicStart,
            end: this.topicEnd,
            committed: this.committed.get(partition),
          })),
        ),
      members: () => Promise.resolve(this.members),
      move: (_group, offsets) => {
        for (const [partition, offset] of offsets) this.committed.set(partition, offset);
        return Promise.resolve();
      },
    };
  }

  async *#read(partition: number, from: number, to: number): AsyncGenerator<KafkaRecord> {
    await Promise.resolve();
    const found = this.topicRecords.filter(
      (record) => record.partition === partition && record.offset >= from && record.offset < to,
    );
    yield* found.toSorted((a, b) => a.offset - b.offset);
  }

  #letters(): LetterQueue {
    const byReceipt = (receipt: string): StoredMessage | undefined =>
      [...this.messages.values()].find((message) => message.receipt === receipt);
    return {
      receive: (hiddenSeconds) => {
        // As SQS: in no order.
        const visible = [...this.messages.values()].filter(
          ({ hiddenUntilMs }) => hiddenUntilMs <= this.nowMs,
        );
        const taken = visible.toReversed().slice(0, 10);
        for (const message of taken) {
          message.hiddenUntilMs = this.nowMs + hiddenSeconds * 1_000;
          message.receipt = `receipt-${(this.#ids += 1)}`;
        }
        return Promise.resolve(
          taken.map(({ id, body, sentAtMs, receipt }) => ({ id, body, sentAtMs, receipt })),
        );
      },
      release: (receipts) => {
        for (const receipt of receipts) {
          const message = byReceipt(receipt);
          if (message !== undefined) message.hiddenUntilMs = 0;
        }
        return Promise.resolve();
      },
      remove: (receipts) => {
        for (const receipt of receipts) {
          const message = byReceipt(receipt);
          if (message !== undefined) this.messages.delete(message.id);
        }
        return Promise.resolve();
      },
      depth: () => {
        const hidden = [...this.messages.values()].filter(
          ({ hiddenUntilMs }) => hiddenUntilMs > this.nowMs,
        ).length;
        return Promise.resolve({ visible: this.messages.size - hidden, hidden });
      },
    };
  }

  #memory(): OperationsMemory {
    return {
      takeTurn: (_consumer, { id, nowMs, untilMs }) => {
        if (this.#turn !== undefined && this.#turn.id !== id && this.#turn.untilMs >= nowMs)
          return Promise.resolve(this.#turn.untilMs);
        this.#turn = { id, untilMs };
        return Promise.resolve(undefined);
      },
      endTurn: (_consumer, id) => {
        if (this.#turn?.id === id) this.#turn = undefined;
        return Promise.resolve();
      },
      hold: (_consumer, lease, nowMs) => {
        const holder = this.#lease;
        if (holder !== undefined && holder.runId !== lease.runId && holder.untilMs >= nowMs)
          return Promise.resolve({ kind: 'refused', holder });
        this.#lease = lease;
        return Promise.resolve({ kind: 'taken' });
      },
      letGo: (_consumer, runId) => {
        if (this.#lease?.runId === runId) this.#lease = undefined;
        return Promise.resolve();
      },
      noteTry: (_consumer, record, { runId, firstSeenMs }) => {
        const known = this.tries.get(nameOf(record)) ?? { runs: new Set<string>(), firstSeenMs };
        known.runs.add(runId);
        this.tries.set(nameOf(record), known);
        return Promise.resolve();
      },
      histories: (_consumer, partition) =>
        Promise.resolve(
          [...this.tries]
            .filter(([name]) => name.startsWith(`${partition}:`))
            .map(([name, { runs, firstSeenMs }]): RecordHistory => ({
              offset: Number(name.split(':')[1]),
              runs: new Set(runs),
              firstSeenMs,
            })),
        ),
      supersede: (supersession) => {
        this.supersessions.push(supersession);
        return Promise.resolve();
      },
      supersessions: (_topic, partition) =>
        Promise.resolve(this.supersessions.filter(({ record }) => record.partition === partition)),
      write: (entry) => {
        this.journal.push(entry);
        return Promise.resolve();
      },
      journal: (_consumer, most) => Promise.resolve(this.journal.toReversed().slice(0, most)),
    };
  }
}

export function nameOf({
  partition,
  offset,
}: {
  readonly partition: number;
  readonly offset: number;
}): string {
  return `${partition}:${offset}`;
}

/** A record of partition 0 with this key. */
export function keyed(offset: number, key: string, overrides: Partial<KafkaRecord> = {}): KafkaRecord {
  return aKafkaRecord({ offset, key: base64(key), value: base64({ subject: key }), ...overrides });
}

/** Lambda's message about records that it gave up. */
export function pointerTo(partition: number, first: number, last: number): object {
  return {
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-11-30T11:00:00.000Z',
    KafkaBatchInfo: {
      batchSize: last - first + 1,
      eventSourceArn: 'arn',
      bootstrapServers: 'b-1:9098',
      payloadSize: 100,
      recordsInfo: {
        [`${TOPIC}-${partition}`]: {
          firstRecordOffset: String(first),
          lastRecordOffset: String(last),
          firstRecordTimestamp: '2026-11-30T10:00:00.000Z',
          lastRecordTimestamp: '2026-11-30T10:00:01.000Z',
        },
      },
    },
  };
}
