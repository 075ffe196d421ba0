import { expect, test } from '@jest/globals';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { withAdmin } from '../../kafka-tools/with-admin.ts';

/** A Kafka without brokers, whose admin notes what is done with it. */
function aKafka(overrides: Partial<Admin> = {}) {
  const calls: string[] = [];
  const admin = (): Admin => ({
    ...new Kafka({ brokers: ['127.0.0.1:1'], logLevel: logLevel.NOTHING }).admin(),
    connect: async () => void calls.push('connect'),
    disconnect: async () => void calls.push('disconnect'),
    ...overrides,
  });
  return { calls, kafka: { admin } };
}

test('an admin is connected for the work, and disconnected after it', async () => {
  const { calls, kafka } = aKafka();

  const result = await withAdmin(kafka, async () => {
    calls.push('work');
    return Promise.resolve('done');
  });

  expect(result).toBe('done');
  expect(calls).toEqual(['connect', 'work', 'disconnect']);
});

test('an admin is disconnected when the work fails', async () => {
  const { calls, kafka } = aKafka();

  const working = withAdmin(kafka, () => Promise.reject(new Error('no such topic')));

  await expect(working).rejects.toThrow('no such topic');
  expect(calls).toEqual(['connect', 'disconnect']);
});

test('an admin is disconnected when it cannot connect', async () => {
  const { calls, kafka } = aKafka({ connect: () => Promise.reject(new Error('no broker')) });

  const working = withAdmin(kafka, () => Promise.resolve('never'));

  await expect(working).rejects.toThrow('no broker');
  expect(calls).toEqual(['disconnect']);
});
