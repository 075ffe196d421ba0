import { expect, test } from '@jest/globals';
import { validateCreate } from '../../../../local/event-source-mapping/configuration/validate-create.ts';
import { aSpec, range } from '../builders.ts';

const inGroup = (maximumPollers: number) => ({
  ProvisionedPollerConfig: { MaximumPollers: maximumPollers, PollerGroupName: 'shared' },
});

/** So many mappings, each with a consumer group of its own. */
function others(count: number, overrides: Record<string, unknown>) {
  return range(1, count).map((index) => aSpec(overrides, { mappingId: `other-${index}` }));
}

test('ESM-012 refuses a consumer group that another mapping uses', () => {
  const spec = aSpec({ AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'billing-group' } });

  const problems = validateCreate(spec, [aSpec(), spec]);

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
