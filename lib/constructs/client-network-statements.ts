import { ArnFormat } from 'aws-cdk-lib/core';
import type { Stack } from 'aws-cdk-lib/core';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow } from './allow.ts';

const INTERFACE_ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Statements for a function in the brokers' network. Lambda connects the function with its role. The function's code
 * has the same role, so its own calls are denied: only they carry the function's ARN.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice
 */
export function clientNetworkStatements(stack: Stack): readonly PolicyStatement[] {
  const functions = stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [
    allow('ConnectFunctionToNetwork', INTERFACE_ACTIONS, '*'),
    new PolicyStatement({
      sid: 'NotByItsCode',
      effect: Effect.DENY,
      actions: [...INTERFACE_ACTIONS],
      resources: ['*'],
      conditions: { ArnLike: { 'lambda:SourceFunctionArn': functions } },
    }),
  ];
}
