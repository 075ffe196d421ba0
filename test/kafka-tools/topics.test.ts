import { expect, test } from '@jest/globals';
import { createTopics } from '@order-events/kafka-tools';
import kafkajs from 'kafkajs';

const { KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } = kafkajs;

const errorOf = (type: string, code: number) =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, code, retriable: true }));

/** Brokers that answer questions about a topic with these errors, and know it after that. */
function brokers(errors: readonly Error[]) {
  const left = [...errors];
  const asked: string[][] = [];
  return {
    asked,
    admin: {
      createTopics: () => Promise.resolve(true),
      fetchTopicMetadata: async ({ topics }: { topics: string[] } = { topics: [] }) => {
        asked.push(topics);
        const error = left.shift();
        if (error !== undefined) throw error;
        return { topics: [] };
      },
    },
  };
}

test('a new topic counts as created when the brokers have heard of it and its partitions have leaders', async () => {
  const { admin, asked } = brokers([
    errorOf('UNKNOWN_TOPIC_OR_PARTITION', 3),
    new KafkaJSNumberOfRetriesExceeded(errorOf('LEADER_NOT_AVAILABLE', 5), { retryCount: 2, retryTime: 300 }),
  ]);

  const isNew = await createTopics(admin, [{ topic: 'orders', partitions: 6 }]);

  expect({ isNew, asked }).toEqual({ isNew: true, asked: [['orders'], ['orders'], ['orders']] });
});

test('another error about a new topic is passed on at once', async () => {
  const { admin, asked } = brokers([errorOf('TOPIC_AUTHORIZATION_FAILED', 29)]);

  const creating = createTopics(admin, [{ topic: 'orders', partitions: 6 }]);

  await expect(creating).rejects.toThrow('TOPIC_AUTHORIZATION_FAILED');
  expect(asked).toHaveLength(1);
});
