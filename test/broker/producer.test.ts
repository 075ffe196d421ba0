import { KafkaClient } from '@aws-sdk/client-kafka';
import { expect, jest, test } from '@jest/globals';
import { kafkaAppendRecords } from '../../functions/order-producer/aws/kafka-append-records.ts';
import { kafkaConnection } from '../../functions/aws/brokers/kafka-connection.ts';
import { produceOrders, type SentEvent } from '../../functions/order-producer/produce-orders.ts';
import { awsClientSettings } from '../../local/deployment/endpoint/aws-client-settings.ts';
import { createMskCluster } from '../../local/deployment/stand-ins/msk-cluster.ts';
import { engineAddresses } from './support/engine-addresses.ts';
import { REGION } from './support/queues.ts';
import { aGroup, eventually, useBroker } from './support/use-broker.ts';

jest.setTimeout(90_000);

const ORDERS = 50;
const broker = useBroker();

/** Produces by way of the cluster's ARN alone, as the deployed function does. */
async function produce(topic: string, payload: unknown): Promise<readonly SentEvent[]> {
  const client = new KafkaClient(awsClientSettings(engineAddresses().aws, REGION));
  broker.onTestEnd(() => {
    client.destroy();
  });
  const kafka = kafkaConnection(client, {
    clientId: 'order-producer',
    clusterArn: await createMskCluster(client, 'producer-test'),
    region: REGION,
    protocol: 'PLAINTEXT',
  });
  const sent = await produceOrders(
    { payload, requestId: 'request-1' },
    { append: kafkaAppendRecords(kafka, topic), now: () => new Date(), currency: 'EUR' },
  );
  return sent.ok ? sent.value : [];
}

/** What two accounts of the same records have in common, in an order that does not depend on who tells it. */
function places(
  records: readonly { readonly key: string | null; readonly partition: number; readonly offset: number }[],
): string[] {
  return records.map(({ key, partition, offset }) => `${key} at ${partition}/${offset}`).toSorted();
}

test("the producer finds the brokers by the cluster's ARN, and each order is at the position that it returns", async () => {
  const topic = await broker.createTopic(3);
  const fn = await broker.startFunction();
  await broker.startMapping({ topic, consumerGroupId: aGroup(), function: fn });

  const first = await produce(topic, { count: ORDERS });
  const second = await produce(topic, { count: ORDERS, seed: 7 });
  const sent = [...first, ...second];
  await eventually('all orders', () => fn.batches.flat().length >= 2 * ORDERS);

  expect(places(fn.batches.flat())).toEqual(places(sent.map((order) => ({ ...order, key: order.orderId }))));
  expect(new Set(sent.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2]));
});

test('a missing topic is an error', async () => {
  const sending = produce('topic-that-nobody-made', { count: 1 });

  await expect(sending).rejects.toThrow('This server does not host this topic-partition');
});
