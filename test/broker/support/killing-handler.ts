import type { Context } from 'aws-lambda';
import { handler as billing } from '../../../functions/billing/handler.ts';
import type { KafkaBatchResponse, KafkaEvent } from '../../../functions/kafka/kafka-event.ts';
import { KILLER } from './killer.ts';

/** Billing as it is deployed, but for one record that ends the process before anything can be answered. */
export async function handler(event: KafkaEvent, context: Context): Promise<KafkaBatchResponse> {
  const response = await billing({ ...event, records: withTrap(event.records) }, context);
  return response;
}

/** The trap shuts when the record's value is decoded, in the middle of the consumer's own work. */
function withTrap(records: KafkaEvent['records']): KafkaEvent['records'] {
  return Object.fromEntries(
    Object.entries(records).map(([partition, ofPartition]) => [
      partition,
      ofPartition.map((record) => {
        if (record.key !== Buffer.from(KILLER).toString('base64')) return record;
        return Object.defineProperty({ ...record }, 'value', {
          enumerable: true,
          get: () => process.exit(1),
        });
      }),
    ]),
  );
}
