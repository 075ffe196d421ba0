import { expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ResourcePatternTypes,
  type AclEntry,
} from 'kafkajs';
import { functionNotFound } from '../../local/lambda/service-errors.ts';
import { engineAddresses } from './support/engine-addresses.ts';
import { valuesOf } from './support/scripted-function.ts';
import { createTestMapping, startTestMapping } from './support/start-test-mapping.ts';
import { aGroup, eventually, untilShared, useBroker } from './support/use-broker.ts';

jest.setTimeout(120_000);

const { createTopic, produce, startFunction, startMapping, connectAdmin, onTestEnd } = useBroker();

/** An ACL that denies everybody to read a topic, or to be in a group. */
function denial(resourceType: AclResourceTypes, resourceName: string): AclEntry {
  return {
    resourceType,
    resourceName,
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: 'User:*',
    host: '*',
    operation: AclOperationTypes.READ,
    permissionType: AclPermissionTypes.DENY,
  };
}

test('a mapping says that its function does not exist, until it does', async () => {
  const topic = await createTopic();
  const deployed = Promise.withResolvers<undefined>();
  let exists = false;
  const fn = await startFunction(() => {
    if (!exists) throw functionNotFound('late');
    deployed.resolve(undefined);
    return null;
  });
  await produce(topic, [{ value: 'a' }]);
  const mapping = startTestMapping({ topic, consumerGroupId: aGroup(), function: fn }, engineAddresses());
  onTestEnd(() => mapping.stop());

  await eventually('the problem', () => mapping.stateTransitionReason !== 'USER_INITIATED');
  const during = [mapping.stateTransitionReason, mapping.lastProcessingResult];
  exists = true;
  await deployed.promise;
  await eventually('it to work', () => mapping.lastProcessingResult === 'OK');

  expect(during).toEqual([
    'FUNCTION_CONFIG_NOT_VALID',
    'PROBLEM: Function not reached (unreachable). Function not found: late',
  ]);
  expect(mapping.stateTransitionReason).toBe('USER_INITIATED');
});

test('a mapping that is created before its topic reports it, and works when the topic exists', async () => {
  const admin = await connectAdmin();
  const topic = `later-${randomUUID()}`;
  const fn = await startFunction();

  const mapping = await createTestMapping(
    { topic, consumerGroupId: aGroup(), function: fn },
    engineAddresses(),
  );
  onTestEnd(() => mapping.stop());
  await eventually('the problem', () => mapping.stateTransitionReason === 'ESM_CONFIG_NOT_VALID');
  const during = [mapping.state, mapping.lastProcessingResult];
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true });
  await produce(topic, [{ value: 'first' }]);
  await eventually('the record', () => fn.batches.length > 0);
  await eventually('it to work', () => mapping.lastProcessingResult === 'OK');

  expect(during).toEqual(['Enabled', expect.stringContaining('PROBLEM: Event source error. ')]);
  expect(valuesOf(fn.batches)).toEqual([['first']]);
  expect([mapping.state, mapping.stateTransitionReason]).toEqual(['Enabled', 'USER_INITIATED']);
});

test('a mapping reports a deleted topic until it exists again', async () => {
  const admin = await connectAdmin();
  const topic = `deleted-${randomUUID()}`;
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
  const fn = await startFunction();
  const mapping = startTestMapping(
    { topic, consumerGroupId: aGroup(), function: fn, replaceAfterMs: 500 },
    engineAddresses(),
  );
  onTestEnd(() => mapping.stop());
  await untilShared(mapping, 1);

  await admin.deleteTopics({ topics: [topic] });
  await eventually('the problem', () => mapping.stateTransitionReason === 'ESM_CONFIG_NOT_VALID');
  const during = mapping.lastProcessingResult;
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
  await produce(topic, [{ value: 'after' }]);
  await eventually('the record after it', () => valuesOf(fn.batches).flat().includes('after'));
  await eventually('it to work', () => mapping.lastProcessingResult === 'OK');

  expect(during).toContain('PROBLEM: Event source error. ');
  expect(mapping.stateTransitionReason).toBe('USER_INITIATED');
});

test.each([
  { denied: 'topic', resource: AclResourceTypes.TOPIC },
  { denied: 'group', resource: AclResourceTypes.GROUP },
] as const)(
  'a mapping says that it may not read its $denied, until it may again',
  async ({ denied, resource }) => {
    const admin = await connectAdmin();
    const [topic, group] = [await createTopic(), aGroup()];
    const fn = await startFunction();
    const acl = denial(resource, denied === 'topic' ? topic : group);
    const mapping = await startMapping({ topic, consumerGroupId: group, function: fn });

    await admin.createAcls({ acl: [acl] });
    onTestEnd(() => admin.deleteAcls({ filters: [acl] }));
    await eventually('the problem', () => mapping.stateTransitionReason === 'EVENT_SOURCE_AUTHZ_ERROR');
    const during = mapping.lastProcessingResult;
    await admin.deleteAcls({ filters: [acl] });
    await produce(topic, [{ value: 'after' }]);
    await eventually('the record after it', () => valuesOf(fn.batches).flat().includes('after'));
    await eventually('it to work', () => mapping.lastProcessingResult === 'OK');

    expect(during).toMatch(/^PROBLEM: Event source error\. .*(authorized|authorization)/i);
    expect(mapping.stateTransitionReason).toBe('USER_INITIATED');
  },
);
