import * as z from 'zod/mini';
import { deterministicId } from '../../idempotency/deterministic-id.ts';
import { canonicalJson } from '../../idempotency/canonical-json.ts';
import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import { parseOrderEvent } from '../../kernel/parse-order-event.ts';
import { look } from '../letters/look.ts';
import { digestOf } from '../letters/digest.ts';
import { orderIdOf } from '../letters/order-id.ts';
import { recordOfId, rowId } from '../letters/row-id.ts';
import type { OperationPorts } from '../ports.ts';
import { OperationRefused, type Operation } from './operation.ts';

const request = z.strictObject({
  operation: z.literal('fix'),
  /** `<partition>:<offset>` of the record. */
  id: z.string(),
  /** The corrected event: a CloudEvent. */
  event: z.unknown(),
  by: z.string(),
});

const answer = z.object({
  id: z.string(),
  eventId: z.string(),
  /** The id of the event that it corrects. */
  corrects: z.string(),
  place: z.object({ partition: z.int(), offset: z.int() }),
});

export type Fixed = z.infer<typeof answer>;

const cloudEvent = z.looseObject({ specversion: z.string(), subject: z.string() });

/**
 * Publishes a corrected event in place of a record that cannot succeed. Asked for again, as after a crash, it publishes the
 * same event once more, which is a duplicate to all who had it.
 */
export const fixRecord: Operation<typeof request, typeof answer> = {
  request,
  answer,
  run: async (ports, { id, event, by }) => {
    const record = recordOfId(id);
    if (record === undefined)
      throw new OperationRefused(
        `${JSON.stringify(id)} names no record: give <partition>:<offset>, as orders dlq list shows it.`,
      );
    const { consumers, wire } = await findParked(ports, id);
    const corrected = correctedEvent(event, wire);
    const named = { topic: wire.topic, ...record };
    const supersession = { record: named, eventId: corrected.id, by, atMs: ports.nowMs() };
    await ports.memory.supersede({ ...supersession, place: undefined });
    const place = await ports.topic.append({
      key: corrected.subject,
      value: JSON.stringify(corrected.event),
    });
    await ports.memory.supersede({ ...supersession, place });
    for (const consumer of consumers)
      await ports.memory.write({
        consumer,
        runId: ports.newId(),
        operation: 'fix',
        by,
        atMs: ports.nowMs(),
        step: 1,
        what: `${id} is corrected by ${corrected.id}, at ${rowId(place.partition, place.offset)}`,
        outcomes: { superseded: [id] },
      });
    return { id, eventId: corrected.id, corrects: corrected.corrects, place };
  },
};

/** @throws {OperationRefused} when no queue has the record. */
async function findParked(
  ports: OperationPorts,
  id: string,
): Promise<{ readonly consumers: readonly string[]; readonly wire: KafkaRecord }> {
  const consumers: string[] = [];
  let wire: KafkaRecord | undefined;
  for (const consumer of Object.values(ports.consumers)) {
    const { seen } = await look(ports, consumer, {
      keep: (message) => {
        const { letter } = digestOf(message, consumer.groupId);
        return letter.kind === 'parked' && rowId(letter.record.partition, letter.record.offset) === id
          ? letter.content
          : undefined;
      },
    });
    const found = seen.find((content) => content !== undefined);
    if (found === undefined) continue;
    wire = found;
    consumers.push(consumer.name);
  }
  if (wire === undefined)
    throw new OperationRefused(
      `No dead-letter queue holds the record ${id}. Only a parked record can be corrected; a batch that Lambda gave up is redriven.`,
    );
  return { consumers, wire };
}

interface CorrectedEvent {
  readonly id: string;
  readonly corrects: string;
  readonly subject: string;
  readonly event: object;
}

/** @throws {OperationRefused} when consumers could not read the event, or it belongs to another order. */
function correctedEvent(given: unknown, wire: KafkaRecord): CorrectedEvent {
  const parsed = cloudEvent.safeParse(given);
  if (!parsed.success)
    throw new OperationRefused(
      'The corrected event has to be a CloudEvent: an object with specversion, type, source, subject, time and data. The shortest order has no place for what it corrects.',
    );
  const orderId = orderIdOf(wire);
  const { subject } = parsed.data;
  if (orderId !== undefined && orderId !== subject)
    throw new OperationRefused(
      `The corrected event is about the order ${subject}, and the record about ${orderId}. A correction keeps its order; place another order as such.`,
    );
  const corrects = rootId(wire);
  const content = { ...parsed.data, corrects };
  const id = deterministicId('correction', corrects, canonicalJson({ ...content, id: '' }));
  const event = { ...content, id };
  const readable = parseOrderEvent(event, { currency: 'EUR', timestamp: wire.timestamp });
  if (!readable.ok)
    throw new OperationRefused(`The corrected event could not be consumed either: ${readable.error.message}`);
  return { id, corrects, subject, event };
}

const identified = z.object({ id: z.string(), corrects: z.optional(z.string()) });

/** Of a chain of corrections the first event. A record that has no id that could be read is named by its place. */
function rootId({ topic, partition, offset, value }: KafkaRecord): string {
  const known = identified.safeParse(parse(value));
  return known.success ? (known.data.corrects ?? known.data.id) : `${topic}-${partition}-${offset}`;
}

function parse(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(Buffer.from(value, 'base64').toString());
  } catch {
    return undefined;
  }
}
