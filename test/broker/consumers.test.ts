import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { findOutbox, jsonReader, type SentMessage } from '../../cli/demo/outbox.ts';
import { consumersByName } from '../../lib/topology/by-consumer.ts';
import type { ConsumerName } from '../../lib/topology/topology.ts';
import { verifyEmailIdentities } from '../../local/deployment/endpoint/verify-email-identities.ts';
import { anOrderCancelled, anOrderPlaced } from '../functions/kernel/wire-events.ts';
import { bundleConsumers, type ConsumerBundles } from './support/consumer-bundles.ts';
import { deployConsumer, SENDER, type DeployedConsumer } from './support/deploy-consumer.ts';
import { engineAddresses } from './support/engine-addresses.ts';
import { startFaultProxy } from './support/fault-proxy.ts';
import { produceFromConsole } from './support/java-clients.ts';
import type { NewRecord } from './support/kafka-admin.ts';
import { REGION } from './support/queues.ts';
import { eventually, useBroker } from './support/use-broker.ts';

jest.setTimeout(120_000);

const broker = useBroker();
let bundles: ConsumerBundles;

beforeAll(async () => {
  bundles = await bundleConsumers();
  await verifyEmailIdentities(engineAddresses().aws, REGION, [SENDER]);
});

afterAll(() => bundles.remove());

function deploy(name: ConsumerName, awsEndpoint = engineAddresses().aws): Promise<DeployedConsumer> {
  return deployConsumer(consumersByName[name], { broker, bundles, awsEndpoint });
}

async function deployAll() {
  const [billing, inventory, notifications] = await Promise.all([
    deploy('billing'),
    deploy('inventory'),
    deploy('notifications'),
  ]);
  await inventory.table.setStock('mug', 100);
  await inventory.table.setStock('tea', 100);
  return { billing, inventory, notifications };
}

function aCustomer(): { email: string; phone: string } {
  return { email: `${randomUUID()}@example.com`, phone: '+4915112345678' };
}

function placed(orderId: string, customer = aCustomer()): NewRecord {
  const event = anOrderPlaced({ customer }, { id: `placed-${orderId}`, subject: orderId });
  return { key: orderId, value: JSON.stringify(event) };
}

function cancelled(orderId: string): NewRecord {
  const event = anOrderCancelled(
    { reason: 'changed my mind' },
    { id: `cancelled-${orderId}`, subject: orderId },
  );
  return { key: orderId, value: JSON.stringify(event) };
}

async function emailsTo(address: string): Promise<readonly SentMessage[]> {
  const outbox = await findOutbox(jsonReader(engineAddresses().aws));
  return (await outbox.emails()).filter(({ recipient }) => recipient === address);
}

/** All that the consumers keep. */
function tableItems(consumers: Awaited<ReturnType<typeof deployAll>>): Promise<unknown[]> {
  return Promise.all(Object.values(consumers).map(({ table }) => table.items()));
}

test('records that are delivered again have no second effect', async () => {
  const topic = await broker.createTopic();
  const consumers = await deployAll();
  const customer = aCustomer();
  const all = Object.values(consumers);
  await broker.produce(topic, [placed('order-1', customer), placed('order-2'), cancelled('order-2')]);
  const first = await Promise.all(all.map((consumer) => consumer.consume(topic)));
  await Promise.all(all.map(({ group }) => broker.untilCommitted(group, topic, { 0: 3 })));
  await Promise.all(first.map((mapping) => mapping.stop()));
  const before = { items: await tableItems(consumers), emails: await emailsTo(customer.email) };

  await Promise.all(all.map(({ group }) => broker.setCommitted(group, topic, { 0: 0 })));
  const second = await Promise.all(all.map((consumer) => consumer.consume(topic)));
  await Promise.all(all.map(({ group }) => broker.untilCommitted(group, topic, { 0: 3 })));
  await eventually('each consumer to have had all records again', () =>
    second.every(({ counts }) => counts['InvokedEventCount'] === 3),
  );

  expect(before.emails).toHaveLength(1);
  expect(await consumers.inventory.table.items()).toContainEqual(
    expect.objectContaining({ pk: 'SKU#mug', available: 98, reserved: 2 }),
  );
  expect({ items: await tableItems(consumers), emails: await emailsTo(customer.email) }).toEqual(before);
});

test("poison in the middle of a batch is parked in each consumer's own queue; the others take effect", async () => {
  const topic = await broker.createTopic();
  const consumers = await deployAll();
  const all = Object.values(consumers);
  const timestamp = Date.now();
  await broker.produce(topic, [
    placed('order-1'),
    { key: 'poison', value: 'not JSON', timestamp },
    placed('order-2'),
  ]);

  await Promise.all(all.map((consumer) => consumer.consume(topic)));
  await Promise.all(all.map(({ group }) => broker.untilCommitted(group, topic, { 0: 3 })));

  const parked = await Promise.all(all.map(({ queue }) => queue.receiveAll()));
  expect(parked).toEqual(
    all.map(({ group }) => [
      {
        kind: 'parked-record',
        version: 1,
        group,
        functionVersion: '$LATEST',
        parkedAt: expect.any(String),
        topic,
        partition: 0,
        offset: 1,
        timestamp,
        timestampType: 'CREATE_TIME',
        reason: 'value-not-json',
        message: expect.any(String),
        key: Buffer.from('poison').toString('base64'),
        value: Buffer.from('not JSON').toString('base64'),
        headers: [],
      },
    ]),
  );
  expect(await consumers.billing.table.items()).toMatchObject([
    { pk: 'ORDER#order-1', totalMinor: 1999 },
    { pk: 'ORDER#order-2', totalMinor: 1999 },
  ]);
  expect(await consumers.inventory.table.items()).toMatchObject([
    { pk: 'ORDER#order-1', status: 'RESERVED' },
    { pk: 'ORDER#order-2', status: 'RESERVED' },
    { pk: 'SKU#mug', available: 96, reserved: 4 },
    { pk: 'SKU#tea', available: 98, reserved: 2 },
  ]);
  expect(await consumers.notifications.table.items()).toMatchObject([
    { pk: 'ORDER#order-1', sk: 'order.placed#email', status: 'SENT' },
    { pk: 'ORDER#order-1', sk: 'order.placed#sms', status: 'SENT' },
    { pk: 'ORDER#order-2', sk: 'order.placed#email', status: 'SENT' },
    { pk: 'ORDER#order-2', sk: 'order.placed#sms', status: 'SENT' },
  ]);
});

test("the shortest order, typed at Kafka's own console under any key, is invoiced", async () => {
  const topic = await broker.createTopic();
  const billing = await deploy('billing');
  await billing.consume(topic);

  await produceFromConsole(topic, [{ key: 'any', value: '{"order_id": "1000", "amount": 10}' }]);
  await broker.untilCommitted(billing.group, topic, { 0: 1 });

  expect(await billing.table.items()).toMatchObject([
    { pk: 'ORDER#1000', invoiceId: expect.any(String), totalMinor: 1_000, currency: 'EUR' },
  ]);
});

test('a key that fails holds back no other key, and is handled in order once it can be', async () => {
  const topic = await broker.createTopic();
  const proxy = await startFaultProxy(engineAddresses().aws, 'ORDER#unlucky');
  broker.onTestEnd(() => proxy.close());
  const billing = await deploy('billing', proxy.endpoint);
  const orders = async () => (await billing.table.items()).map(({ pk }) => pk);
  await broker.produce(topic, [
    placed('unlucky'),
    placed('order-1'),
    cancelled('unlucky'),
    placed('order-2'),
  ]);

  await billing.consume(topic, { MaximumRetryAttempts: 1_000 });
  await eventually('the others and a retry', async () => proxy.failed > 6 && (await orders()).length >= 2);
  const whileFailing = { orders: await orders(), committed: await broker.committed(billing.group, topic) };
  proxy.heal();
  await broker.untilCommitted(billing.group, topic, { 0: 4 });

  expect(whileFailing).toEqual({ orders: ['ORDER#order-1', 'ORDER#order-2'], committed: {} });
  expect(await billing.table.items()).toMatchObject([
    { pk: 'ORDER#order-1', invoiceId: expect.any(String) },
    { pk: 'ORDER#order-2', invoiceId: expect.any(String) },
    { pk: 'ORDER#unlucky', invoiceId: expect.any(String), creditNoteId: expect.any(String) },
  ]);
  expect(await billing.queue.receiveAll()).toEqual([]);
});
