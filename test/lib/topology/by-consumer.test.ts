import { expect, test } from '@jest/globals';
import { byConsumer, byConsumerAsync } from '../../../lib/topology/by-consumer.ts';
import { consumerOutputs } from '../../../lib/topology/consumer-outputs.ts';
import { topology } from '../../../lib/topology/topology.ts';

test('every consumer of the topology has a value under its name', async () => {
  const groups = byConsumer(({ consumerGroupId }) => consumerGroupId);
  const later = await byConsumerAsync(({ consumerGroupId }) => Promise.resolve(consumerGroupId));

  const wanted = Object.fromEntries(
    topology.consumers.map((consumer) => [consumer.name, consumer.consumerGroupId]),
  );
  expect(groups).toStrictEqual(wanted);
  expect(later).toStrictEqual(wanted);
});

test('the outputs of a consumer begin with its name', () => {
  expect(consumerOutputs('notifications')).toStrictEqual({
    functionName: 'NotificationsFunctionName',
    rehearsalName: 'NotificationsRehearsalName',
    tableName: 'NotificationsTableName',
    deadLetterQueueUrl: 'NotificationsDlqUrl',
  });
});
