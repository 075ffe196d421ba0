import { expect, test } from '@jest/globals';
import { ConnectionWatch } from '../../../../local/event-source-mapping/poller/connection-watch.ts';

function watching() {
  const told: string[] = [];
  const watch = new ConnectionWatch();
  watch.watch({
    failed: ({ message }) => told.push(message),
    recovered: () => told.push('recovered'),
  });
  const log = (namespace: string, message: string, error?: string): void => {
    watch.logged({ namespace, log: { message, timestamp: '', error } });
  };
  return { watch, told, log };
}

test('ESM-100 each connection that fails is told, and once that a fetch came back', () => {
  const { watch, told, log } = watching();

  watch.fetched();
  log('Connection', 'Connection error: connect ECONNREFUSED');
  log('Connection', 'Connection timeout');
  watch.fetched();
  watch.fetched();

  expect(told).toStrictEqual(['Connection error: connect ECONNREFUSED', 'Connection timeout', 'recovered']);
});

test('a broker that answers with an error is not lost', () => {
  const { watch, told, log } = watching();

  log('Connection', 'Response Heartbeat(key: 12, version: 3)');
  watch.fetched();

  expect(told).toStrictEqual([]);
});

test('a broker that answers that there is no such topic is told, and that a fetch came back', () => {
  const { watch, told, log } = watching();

  log(
    'Connection',
    'Response Metadata(key: 3, version: 6)',
    'This server does not host this topic-partition',
  );
  watch.fetched();

  expect(told).toStrictEqual(['This server does not host this topic-partition', 'recovered']);
});

test('an error that ends the polling is told, and that a fetch came back', () => {
  const { watch, told } = watching();

  watch.failed(new Error('crashed'));
  watch.fetched();

  expect(told).toStrictEqual(['crashed', 'recovered']);
});

test('what the client logs about other things is no lost broker', () => {
  const { watch, told, log } = watching();

  log('ConsumerGroup', 'The group is rebalancing');
  watch.fetched();

  expect(told).toStrictEqual([]);
});
