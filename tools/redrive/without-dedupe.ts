import type { KafkaRecord } from '../../functions/kafka/kafka-event.ts';
import type { RehearsedRecord } from '../../functions/kafka/rehearsal.ts';
import type { ConsumerPort, OperationPorts } from '../../functions/redrive/ports.ts';

/** Plants a mistake: a redrive that does not know which records already had their effect. The campaign must find it. */
export function withoutDedupe(ports: OperationPorts): OperationPorts {
  const consumers = Object.fromEntries(
    Object.entries(ports.consumers).map(([name, consumer]) => [name, forgetful(consumer)]),
  );
  return { ...ports, consumers };
}

function forgetful(consumer: ConsumerPort): ConsumerPort {
  const delivered = new WeakSet<KafkaRecord>();
  return {
    ...consumer,
    deliver: (records) => {
      for (const record of records) delivered.add(record);
      return consumer.deliver(records);
    },
    // After a delivery it tells the truth, or every record would count as failed.
    rehearse: async (records) => {
      const answers = await consumer.rehearse(records);
      return records.flatMap((record, index) => {
        const answer = answers[index];
        if (answer === undefined) return [];
        const isLeftOut = answer.outcome === 'duplicate' && !delivered.has(record);
        return [isLeftOut ? processed(answer) : answer];
      });
    },
  };
}

function processed({ partition, offset }: RehearsedRecord): RehearsedRecord {
  return { partition, offset, outcome: 'processed' };
}
