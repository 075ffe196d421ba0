import * as z from 'zod/mini';
import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import { laneName } from '../../kafka/lane-name.ts';
import { MOST_EVENT_BYTES } from '../engine/most-event-bytes.ts';
import { wireBytes } from '../engine/wire-bytes.ts';
import { orderIdOf } from '../letters/order-id.ts';
import { rowId } from '../letters/row-id.ts';
import type { ConsumerPort } from '../ports.ts';
import { collect } from '../redrive/collect.ts';
import { chooseRecords } from '../redrive/choose-records.ts';
import { selection } from '../redrive/selection.ts';
import { consumerOf } from './consumer-of.ts';
import type { Operation } from './operation.ts';

const MOST_TOLD = 20;

const request = z.strictObject({
  operation: z.literal('rehearse'),
  consumer: z.string(),
  selection,
  force: z.boolean(),
  pastHeld: z.boolean(),
});

const answer = z.object({
  consumer: z.string(),
  /** Records that were rehearsed. */
  records: z.int(),
  /** How many records would end how: an outcome, or an outcome and its reason. */
  outcomes: z.record(z.string(), z.int()),
  /** The first records that would not succeed. */
  told: z.array(
    z.object({
      id: z.string(),
      orderId: z.optional(z.string()),
      reason: z.string(),
      message: z.optional(z.string()),
    }),
  ),
  expired: z.array(z.string()),
  /** True when the time was over before all records were rehearsed. */
  isCut: z.boolean(),
  withOthers: z.int(),
});

export type RehearsedLetters = z.infer<typeof answer>;

/** Tells what a redrive would do, by the code of the deployed consumer and without effects. */
export const rehearseLetters: Operation<typeof request, typeof answer> = {
  request,
  answer,
  run: async (ports, asked) => {
    const consumer = consumerOf(ports, asked.consumer);
    const collected = await collect(ports, consumer);
    const expired: string[] = [];
    const tally = new Rehearsal(consumer);
    let isCut = collected.isPartial;
    const chosen = chooseRecords(ports.topic, collected, {
      wish: asked,
      onMissing: ({ id }) => {
        expired.push(id);
      },
    });
    for await (const { named, verdict } of chosen) {
      if (verdict === 'try') await tally.add(named.wire);
      else tally.passBy(verdict, named.wire, asked);
      if (ports.deadline.remainingMs() <= 0) {
        isCut = true;
        break;
      }
    }
    await tally.flush();
    return { consumer: consumer.name, ...tally.report(), expired, isCut, withOthers: collected.withOthers };
  },
};

/** Rehearses in batches. Behind a record that would not succeed, the later ones of its key would be held back. */
class Rehearsal {
  readonly #consumer: ConsumerPort;
  readonly #outcomes: Record<string, number> = {};
  readonly #told: RehearsedLetters['told'] = [];
  readonly #blocked = new Set<string>();
  #batch: KafkaRecord[] = [];
  #bytes = 0;
  #records = 0;

  constructor(consumer: ConsumerPort) {
    this.#consumer = consumer;
  }

  async add(record: KafkaRecord): Promise<void> {
    const bytes = wireBytes(record);
    if (this.#batch.length >= this.#consumer.batchSize || this.#bytes + bytes > MOST_EVENT_BYTES)
      await this.flush();
    this.#batch.push(record);
    this.#bytes += bytes;
  }

  passBy(verdict: string, record: KafkaRecord, { pastHeld }: { readonly pastHeld: boolean }): void {
    this.#count(verdict);
    if (verdict !== 'superseded' && !(verdict === 'held' && pastHeld)) this.#blocked.add(laneName(record));
  }

  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#bytes = 0;
    const rehearsed = await this.#consumer.rehearse(batch);
    for (const [index, record] of batch.entries()) {
      this.#records += 1;
      const { outcome = 'failed', reason, message } = rehearsed[index] ?? {};
      const lane = laneName(record);
      if (this.#blocked.has(lane)) this.#count('held back');
      else if (outcome === 'poison' || outcome === 'failed') {
        this.#blocked.add(lane);
        this.#count(`would fail ${reason ?? ''}`);
        this.#tell(record, reason ?? outcome, message);
      } else this.#count(WORDS[outcome] ?? outcome);
    }
  }

  report(): Pick<RehearsedLetters, 'records' | 'outcomes' | 'told'> {
    return { records: this.#records, outcomes: this.#outcomes, told: this.#told };
  }

  #tell(record: KafkaRecord, reason: string, message: string | undefined): void {
    if (this.#told.length >= MOST_TOLD) return;
    const orderId = orderIdOf(record);
    this.#told.push({
      id: rowId(record.partition, record.offset),
      ...(orderId === undefined ? {} : { orderId }),
      reason,
      ...(message === undefined ? {} : { message }),
    });
  }

  #count(outcome: string): void {
    this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  processed: 'would succeed',
  duplicate: 'had its effect before',
  skipped: 'has nothing to do',
  heldBack: 'held back',
};
