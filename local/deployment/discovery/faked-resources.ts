import { DescribeStackResourcesCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';

import type { Substitution } from '../substitution/plan-substitutions.ts';

/** LocalStack accepts a type that it does not know, and says so only of the resource, in these words. */
const FAKED = /not supported but was deployed as a fallback/;
/** Is for the CDK's own statistics, and does nothing on AWS either. */
const METADATA = 'AWS::CDK::Metadata';

/** The resources of a deployed stack that the endpoint only claims to hold. */
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
    reason: 'the endpoint does not know the type and only claims to have made it',
  }));
}
