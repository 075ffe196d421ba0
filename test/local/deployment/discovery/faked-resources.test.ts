import type { StackResource } from '@aws-sdk/client-cloudformation';
import { expect, test } from '@jest/globals';

import { fakedResources } from '../../../../local/deployment/discovery/faked-resources.ts';

const faked = (ResourceType: string): Partial<StackResource> => ({
  ResourceType,
  // In LocalStack's words.
  ResourceStatusReason: `Resource type ${ResourceType} is not supported but was deployed as a fallback`,
});

const endpointWith = (StackResources: readonly Partial<StackResource>[]) =>
  ({ send: () => Promise.resolve({ StackResources }) }) as unknown as Parameters<typeof fakedResources>[0];

test("a resource that the endpoint only pretends to create is listed, a real one and the CDK's metadata are not", async () => {
  const endpoint = endpointWith([
    { LogicalResourceId: 'Board', ...faked('AWS::CloudWatch::Dashboard') },
    { LogicalResourceId: 'Metadata', ...faked('AWS::CDK::Metadata') },
    { LogicalResourceId: 'Queue', ResourceType: 'AWS::SQS::Queue' },
  ]);

  const substitutions = await fakedResources(endpoint, 'app');

  expect(substitutions).toEqual([
    {
      stackName: 'app',
      logicalId: 'Board',
      type: 'AWS::CloudWatch::Dashboard',
      action: 'left out',
      reason: 'the endpoint does not know the type and only pretends to create it',
    },
  ]);
});
