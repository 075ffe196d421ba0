import { DescribeStackResourcesCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';

import type { Substitution } from '../substitution/plan-substitutions.ts';

/** LocalStack's status text of a resource whose type it accepts but does not know. */
const FAKED = /not supported but was deployed as a fallback/;
/** The resource for the CDK's own statistics, which has no effect on AWS either. */
const METADATA = 'AWS::CDK::Metadata';

/** Lists the resources of a deployed stack that the endpoint accepts but does not create. */
export async function fakedResources(
  client: Pick<CloudFormationClient, 'send'>,
  stackName: string,
): Promise<Substitution[]> {
  const { StackResources = [] } = await client.send(
    new DescribeStackResourcesCommand({ StackName: stackName }),
  );
  return StackResources.filter(
    ({ ResourceStatusReason: reason = '', ResourceType: type }) => FAKED.test(reason) && type !== METADATA,
  ).map(({ LogicalResourceId: logicalId = '', ResourceType: type = '' }) => ({
    stackName,
    logicalId,
    type,
    action: 'left out',
    reason: 'the endpoint does not know the type and only pretends to create it',
  }));
}
