import { expect, test } from '@jest/globals';
import { ConnectionWatch } from '../../../../local/event-source-mapping/poller/connection-watch.ts';

function watching() {
  const told: string[] = [];
  const watch = new ConnectionWatch();
  watch.watch({
    failed: ({ message }) => told.push(message),
    recovered: () => told.push('recovered'),
  });
  const log = (namespace: string, message: string): void => {
    watch.logged({ namespace, log: { message, timestamp: '' } });
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

test('what the client logs about other things is no lost broker', () => {
  const { watch, told, log } = watching();

  log('ConsumerGroup', 'The group is rebalancing');
  watch.fetched();

  expect(told).toStrictEqual([]);
});
