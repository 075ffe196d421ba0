import * as z from 'zod/mini';
import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import { digestOf, type Digest } from '../letters/digest.ts';
import { learn, type LetterKnowledge } from '../letters/knowledge.ts';
import { look } from '../letters/look.ts';
import { readableRecord, readableText } from '../letters/readable-record.ts';
import { letterRow } from '../letters/row.ts';
import { letterRows } from '../letters/rows.ts';
import type { OperationPorts } from '../ports.ts';
import { consumerOf } from './consumer-of.ts';
import { OperationRefused, type Operation } from './operation.ts';

/** Of a range, the first ones; the rest can be shown one by one. */
const MOST_RECORDS = 10;

const request = z.strictObject({
  operation: z.literal('show'),
  consumer: z.string(),
  /** As a row of the list is named, or one record of a range. */
  id: z.string(),
  /** Shows e-mail addresses and phone numbers as they are. */
  contact: z.boolean(),
});

const answer = z.object({
  row: letterRow,
  /** What the failure says, where it says something. */
  message: z.optional(z.string()),
  supersededBy: z.optional(z.string()),
  records: z.array(
    z.object({
      partition: z.int(),
      offset: z.int(),
      /** RFC 3339. */
      time: z.string(),
      /** Text, or bytes in base64 where it is none. */
      key: z.nullable(z.string()),
      headers: z.record(z.string(), z.string()),
      /** The JSON of the value; text or base64 where it is none. */
      value: z.unknown(),
      valueIs: z.enum(['json', 'text', 'base64', 'tombstone']),
    }),
  ),
  /** Records of the range that are not shown. */
  moreRecords: z.boolean(),
  /** Of a malformed message: its text, masked. */
  text: z.optional(z.string()),
});

export type ShownLetter = z.infer<typeof answer>;

/** Shows one row of a dead-letter queue with its decoded record, which is read from the topic again where it must be. */
export const showLetter: Operation<typeof request, typeof answer> = {
  request,
  answer,
  run: async (ports, { consumer: name, id, contact }) => {
    const consumer = consumerOf(ports, name);
    const { seen } = await look(ports, consumer, {
      keep: (message) => ({ digest: digestOf(message, consumer.groupId), body: message.body }),
    });
    const digests = seen.map(({ digest }) => digest);
    const known = await learn(ports, consumer, digests);
    const row = letterRows(digests, known).find((one) => one.id === id);
    if (row === undefined)
      throw new OperationRefused(
        `There is no row ${id} in the dead-letter queue of ${name}. Take one from: orders dlq list ${name}`,
      );
    const own = digests.filter((digest) => letterRows([digest], known).some((one) => one.id === id));
    const wires = await recordsOf(ports, row, own);
    const superseded = supersededBy(row, known);
    const message = own.map(({ letter }) => ('message' in letter ? letter.message : undefined)).at(-1);
    const text =
      row.kind === 'malformed' ? seen.find(({ digest }) => digest.messageId === id)?.body : undefined;
    return {
      row,
      ...(message === undefined ? {} : { message }),
      ...(superseded === undefined ? {} : { supersededBy: superseded }),
      records: wires.slice(0, MOST_RECORDS).map((wire) => readableRecord(wire, contact)),
      moreRecords: wires.length > MOST_RECORDS,
      ...(text === undefined ? {} : { text: readableText(text, contact) }),
    };
  },
};

async function recordsOf(
  { topic }: OperationPorts,
  { partition, offset, lastOffset = offset, state }: z.infer<typeof letterRow>,
  own: readonly Digest[],
): Promise<readonly KafkaRecord[]> {
  const held = own.map(({ letter }) => (letter.kind === 'parked' ? letter.content : undefined));
  const wire = held.find((content) => content !== undefined);
  if (wire !== undefined) return [wire];
  if (partition === undefined || offset === undefined || lastOffset === undefined || state === 'expired')
    return [];
  const wires: KafkaRecord[] = [];
  for await (const record of topic.read(partition, offset, lastOffset + 1)) {
    wires.push(record);
    if (wires.length > MOST_RECORDS) break;
  }
  return wires;
}

function supersededBy(
  { topic, partition, offset }: z.infer<typeof letterRow>,
  known: LetterKnowledge,
): string | undefined {
  if (topic === undefined || partition === undefined || offset === undefined) return undefined;
  return known.supersession(topic, partition, offset)?.eventId;
}
