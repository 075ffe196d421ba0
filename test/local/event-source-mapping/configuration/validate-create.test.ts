import { expect, test } from '@jest/globals';
import { validateCreate } from '../../../../local/event-source-mapping/configuration/validate-create.ts';
import { aSpec, range } from '../builders.ts';

const inGroup = (maximumPollers: number) => ({
  ProvisionedPollerConfig: { MaximumPollers: maximumPollers, PollerGroupName: 'shared' },
});

/** So many mappings, each with a consumer group of its own. */
function others(count: number, overrides: Record<string, unknown>) {
  return range(1, count).map((index) =>
    aSpec({ FunctionName: `other-${index}`, ...overrides }, { mappingId: `other-${index}` }),
  );
}

const brokers = (...addresses: string[]) => ({
  EventSourceArn: undefined,
  SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: addresses } },
});

test('ESM-102 refuses a second mapping of a function, a source and a topic, whatever its group is called', () => {
  const first = aSpec(brokers('a:9092', 'b:9092'));
  const second = aSpec(
    { ...brokers('b:9092', 'a:9092'), SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'mine' } },
    { mappingId: 'second' },
  );

  const problems = validateCreate(second, [first]);

  expect(problems).toStrictEqual([
    {
      property: 'Topics',
      message:
        'is "orders", which another mapping of function billing reads from the same source (ResourceConflictException); ' +
        'allowed: one mapping for each function, source and topic; remove this one',
    },
  ]);
});

test.each([
  { story: 'another function', other: { FunctionName: 'inventory' } },
  { story: 'another topic', other: { Topics: ['returns'] } },
  {
    story: 'another cluster',
    other: { EventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/second/1f4b-1' },
  },
])('ESM-102 takes a second mapping of $story', ({ other }) => {
  const problems = validateCreate(aSpec(other, { mappingId: 'second' }), [aSpec()]);

  expect(problems).toStrictEqual([]);
});

test('ESM-012 refuses a consumer group that another mapping uses', () => {
  const spec = aSpec({ AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'billing-group' } });

  const user = { ...spec, topic: 'returns' };

  const problems = validateCreate(spec, [aSpec({ FunctionName: 'inventory' }), user]);

  expect(problems).toStrictEqual([
    {
      property: 'ConsumerGroupId',
      message:
        'is "billing-group", which the mapping of function billing uses; allowed: a group id of its own',
    },
  ]);
});

test('ESM-096 refuses the 101st mapping of a poller group', () => {
  const problems = [99, 100].map((count) => validateCreate(aSpec(inGroup(1)), others(count, inGroup(1))));

  expect(problems).toStrictEqual([
    [],
    [
      {
        property: 'ProvisionedPollerConfig.PollerGroupName',
        message: 'makes 101 mappings in group "shared"; allowed: at most 100; lower it or use another group',
      },
    ],
  ]);
});

test('ESM-096 refuses the 2001st poller of a poller group', () => {
  const problems = [1000, 1001].map((most) => validateCreate(aSpec(inGroup(most)), others(1, inGroup(1000))));

  expect(problems).toStrictEqual([
    [],
    [
      {
        property: 'ProvisionedPollerConfig.MaximumPollers',
        message: 'makes 2001 pollers in group "shared"; allowed: at most 2000; lower it or use another group',
      },
    ],
  ]);
});

test('counts no mapping without a poller group', () => {
  const problems = validateCreate(aSpec(), others(150, {}));

  expect(problems).toStrictEqual([]);
});
