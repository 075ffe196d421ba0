import { expect, test } from '@jest/globals';
import { createEventSourceMappings } from '../../../local/event-source-mapping/supervisor/event-source-mappings.ts';
import type { Metric } from '../../../local/metrics/metric.ts';
import { createTimeLeftPublisher } from '../../../local/metrics/publish-times-left.ts';
import { aSpec } from '../event-source-mapping/builders.ts';
import { superviseFakes } from '../event-source-mapping/supervisor/fake-pollers.ts';

const RETENTION = { ms: 604_800_000, bytes: undefined };

test('the time that a group has left is published, for a disabled mapping too', async () => {
  const { supervisor } = superviseFakes({ initialPollers: 1 });
  const mappings = createEventSourceMappings(() => Promise.resolve(supervisor));
  const spec = aSpec();
  await mappings.create({ mappingId: 'm', functionArn: 'arn', spec });
  await supervisor.setEnabled(false);
  const [published, asked]: [Metric[], unknown[]] = [[], []];
  const publish = createTimeLeftPublisher(mappings, {
    brokers: { readOffsets: () => Promise.resolve([{ partition: 0, start: 2, end: 10, committed: 9 }]) },
    timesLeft: {
      read: (topic, groups) => {
        asked.push({ topic, groups });
        const timeLeft = { kind: 'left', ms: 5_000, because: 'retention.ms' } as const;
        return Promise.resolve({
          retention: RETENTION,
          groups: groups.map(({ groupId }) => ({ groupId, timeLeft, partition: 0, offset: 9 })),
        });
      },
    },
    put: (metrics) => {
      published.push(...metrics);
      return Promise.resolve();
    },
    now: () => 0,
  });

  await publish();

  const { topic, consumerGroupId: groupId } = supervisor.spec;
  expect({ asked, published }).toEqual({
    asked: [
      {
        topic,
        groups: [
          {
            groupId,
            partitions: [
              {
                topic,
                partition: 0,
                lag: { kind: 'known', lag: 1, expired: 0, committed: 9, start: 2, end: 10 },
              },
            ],
          },
        ],
      },
    ],
    published: [
      {
        namespace: 'KafkaRetention',
        name: 'UnreadRecordTimeLeft',
        dimensions: { 'Consumer Group': groupId, Topic: topic },
        unit: 'Seconds',
        value: 5,
      },
    ],
  });
});
