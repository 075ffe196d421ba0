import { expect, test } from '@jest/globals';
import { validateUpdate } from '../../../../local/event-source-mapping/configuration/validate-update.ts';
import { aSpec, CLUSTER_ARN } from '../builders.ts';

function startingAt(seconds: number, broker: string) {
  return aSpec({
    EventSourceArn: undefined,
    SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: [broker] } },
    StartingPosition: 'AT_TIMESTAMP',
    StartingPositionTimestamp: seconds,
  });
}

test.each([
  ['Topics', { Topics: ['other'] }, '"other"', '"orders"'],
  ['StartingPosition', { StartingPosition: 'LATEST' }, '"LATEST"', '"TRIM_HORIZON"'],
  ['EventSourceArn', { EventSourceArn: 'arn:aws:kafka:other' }, '"arn:aws:kafka:other"', `"${CLUSTER_ARN}"`],
  [
    'ConsumerGroupId',
    { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'other' } },
    '"other"',
    '"mapping-uuid"',
  ],
])('ESM-013 refuses a change of %s', (property, change, wanted, current) => {
  const problems = validateUpdate(aSpec(), aSpec(change));

  expect(problems).toStrictEqual([
    {
      property,
      message: `is ${wanted}; allowed: ${current}, because it cannot change; delete the mapping and create it again`,
    },
  ]);
});

test('ESM-013 refuses a change of the timestamp and of the brokers', () => {
  const problems = validateUpdate(startingAt(1, 'a:1'), startingAt(2, 'b:1'));

  expect(problems.map(({ property }) => property)).toStrictEqual([
    'SelfManagedEventSource',
    'StartingPositionTimestamp',
  ]);
});

test('takes a change of every other setting', () => {
  const problems = validateUpdate(
    aSpec(),
    aSpec({ BatchSize: 7, Enabled: false, MaximumRetryAttempts: 3, MaximumBatchingWindowInSeconds: 0 }),
  );

  expect(problems).toStrictEqual([]);
});

test('refuses to return to the default window once one was set', () => {
  const problems = validateUpdate(aSpec({ MaximumBatchingWindowInSeconds: 0 }), aSpec());

  expect(problems).toStrictEqual([
    {
      property: 'MaximumBatchingWindowInSeconds',
      message:
        'is missing; allowed: 0 to 300, because a mapping with a window cannot return to 500 ms; delete the mapping and create it again',
    },
  ]);
});
