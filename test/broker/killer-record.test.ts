import { expect, jest, test } from '@jest/globals';
import { topology } from '../../lib/topology/topology.ts';
import { anOrderPlaced } from '../functions/kernel/wire-events.ts';
import { bundleConsumers } from './support/consumer-bundles.ts';
import { deployConsumer } from './support/deploy-consumer.ts';
import { engineAddresses } from './support/engine-addresses.ts';
import type { NewRecord } from './support/kafka-admin.ts';
import { KILLER } from './support/killer.ts';
import { eventually, useBroker } from './support/use-broker.ts';

jest.setTimeout(120_000);

const broker = useBroker();

/** Old enough for its attempts to be counted. */
const WRITTEN_AT = Date.now() - 2 * 60_000;

function placed(orderId: string, partition: number): NewRecord {
  const event = anOrderPlaced({}, { id: `placed-${orderId}`, subject: orderId });
  return { key: orderId, partition, value: JSON.stringify(event), timestamp: WRITTEN_AT };
}

test('a record that ends every invocation is parked by itself, and all of its neighbours are handled', async () => {
  const [spec] = topology.consumers;
  if (spec === undefined) throw new Error('The topology has no consumer.');
  const topic = await broker.createTopic(2);
  const bundles = await bundleConsumers({ billing: 'test/broker/support/killing-handler.ts' });
  broker.onTestEnd(() => bundles.remove());
  const billing = await deployConsumer(spec, { broker, bundles, awsEndpoint: engineAddresses().aws });
  const neighbours = Array.from({ length: 20 }, (_, index) => placed(`order-${index}`, index % 2));
  await broker.produce(topic, [...neighbours.slice(0, 9), placed(KILLER, 0), ...neighbours.slice(9)]);

  const mapping = await billing.consume(topic);
  await broker.untilCommitted(billing.group, topic, { 0: 11, 1: 10 });

  const items = await billing.table.items();
  expect(items.filter(({ sk }) => sk === 'INVOICE').map(({ pk }) => pk)).toEqual(
    neighbours.map(({ key }) => `ORDER#${key}`).toSorted(),
  );
  expect(await billing.queue.receiveAll()).toMatchObject([
    { kind: 'parked-record', partition: 0, offset: 5, reason: 'ends-invocations' },
  ]);
  await eventually(
    'nothing to be given up by the mapping',
    () => mapping.counts['DroppedEventCount'] === undefined,
  );
  expect(mapping.counts).not.toHaveProperty('OnFailureDestinationDeliveredEventCount');
});
