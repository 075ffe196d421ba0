import { withRecordSender, type Kafka } from '@order-events/kafka-tools';
import { ORDER_EVENT_HEADERS } from '../../kernel/order-event-headers.ts';
import type { AppendRecords } from '../ports.ts';

/**
 * The number of retries. Idempotence prevents duplicates among them; a broker that is unavailable for longer causes
 * an error.
 */
const RETRIES = 5;

/**
 * Appends to a topic by an idempotent producer that lives for one call: a connection would not survive the time for which
 * Lambda freezes a function between two invocations.
 */
export function kafkaAppendRecords(kafka: Pick<Kafka, 'producer'>, topic: string): AppendRecords {
  return (records) =>
    withRecordSender(kafka, { topic, headers: ORDER_EVENT_HEADERS, retries: RETRIES }, async (sender) => {
      const sent = await sender.send(records);
      return sent.map(({ partition, offset }) => ({ partition, offset }));
    });
}
