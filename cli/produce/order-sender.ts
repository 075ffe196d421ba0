import { withRecordSender, type RecordSender } from '@order-events/kafka-tools';
import { ORDER_EVENT_HEADERS } from '../../functions/kernel/order-event-headers.ts';
import type { Target } from '../connection/target.ts';

/**
 * Lends a sender of order events to the topic of a target, and ends it afterwards.
 *
 * @param retries - of each send, before it fails: brokers that are gone end the work.
 */
export async function withOrderSender<T>(
  { kafka, outputs }: Pick<Target, 'kafka' | 'outputs'>,
  retries: number,
  work: (sender: RecordSender) => Promise<T>,
): Promise<T> {
  const sending = { topic: outputs.topicName, headers: ORDER_EVENT_HEADERS, retries };
  return withRecordSender(await kafka(), sending, work);
}
