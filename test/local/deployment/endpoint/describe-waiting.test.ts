import { expect, test } from '@jest/globals';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { busyResources } from '../../../../local/deployment/endpoint/describe-waiting.ts';

const event = (
  LogicalResourceId: string,
  ResourceStatus: StackEvent['ResourceStatus'],
  id = '',
): StackEvent => ({
  StackId: 'stack-1',
  EventId: `${LogicalResourceId}-${ResourceStatus}`,
  StackName: 'shop',
  Timestamp: new Date(0),
  LogicalResourceId,
  PhysicalResourceId: id,
  ResourceStatus,
});

test('a deployment waits for the resources whose last event is in progress, and not for the stack itself', () => {
  const events = [
    event('Notifications', 'CREATE_IN_PROGRESS'),
    event('Queue', 'CREATE_COMPLETE'),
    event('Queue', 'CREATE_IN_PROGRESS'),
    event('shop', 'CREATE_IN_PROGRESS', 'stack-1'),
  ];

  const busy = busyResources(events).map(({ LogicalResourceId }) => LogicalResourceId);

  expect(busy).toEqual(['Notifications']);
});
