import { anyInterface, anySecurityGroup, anySubnet, calls } from './calls.ts';
import type { Call } from './calls.ts';
import { callsOnForeignConsumer } from './permission-matrix.ts';
import { callsOnEverything, callsOnOwnRole } from './role-calls.ts';
import type { ConsumerWorld, RoleWorld, SharedWorld } from './worlds.ts';

/** Lambda makes these with the function's role, to connect it to its subnets. */
export const networkCalls: readonly Call[] = [
  ...calls('ec2', ['CreateNetworkInterface'], anySubnet),
  ...calls('ec2', ['CreateNetworkInterface'], anySecurityGroup),
  ...calls(
    'ec2',
    [
      'AssignPrivateIpAddresses',
      'CreateNetworkInterface',
      'DeleteNetworkInterface',
      'UnassignPrivateIpAddresses',
    ],
    anyInterface,
  ),
  ...calls('ec2', ['DescribeNetworkInterfaces', 'DescribeSubnets'], '*'),
];

/**
 * Lists the calls that the producer and its connection to the brokers' network need. Its key is for its logs, which
 * CloudWatch Logs encrypts itself.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control-use-cases.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export function callsProducerNeeds(
  own: RoleWorld,
  { clusterArn, topicArn }: Pick<SharedWorld, 'clusterArn' | 'topicArn'>,
): readonly Call[] {
  return [
    ...calls('kafka', ['GetBootstrapBrokers'], clusterArn),
    ...calls('kafka-cluster', ['Connect', 'WriteDataIdempotently'], clusterArn),
    ...calls('kafka-cluster', ['DescribeTopic', 'WriteData'], topicArn),
    ...calls('logs', ['CreateLogStream', 'PutLogEvents'], own.logStreamArn),
    ...networkCalls,
  ];
}

/**
 * Lists the calls that the producer must not be able to make: reading, joining a group, or using resources of
 * consumers.
 */
export function callsProducerMustNotMake(
  own: RoleWorld,
  consumers: readonly ConsumerWorld[],
  shared: SharedWorld,
): readonly Call[] {
  const { clusterArn, topicArn } = shared;
  const foreignCluster = clusterArn.replace(/:cluster\/[^/]+/, ':cluster/payments');
  const transaction = `${clusterArn.replace(':cluster/', ':transactional-id/')}/any`;
  return [
    ...consumers.flatMap(callsOnForeignConsumer),
    ...callsOnOwnRole(own),
    ...callsOnEverything(shared),
    ...calls('kafka-cluster', ['ReadData'], topicArn),
    ...calls('kafka-cluster', ['Connect', 'WriteDataIdempotently'], foreignCluster),
    ...calls('kafka', ['GetBootstrapBrokers'], foreignCluster),
    ...calls('kafka-cluster', ['AlterTransactionalId', 'DescribeTransactionalId'], transaction),
    ...networkCallsByCode(own),
  ];
}

/** Lists the network calls of a function's code. They carry the function's ARN, which Lambda's own calls do not. */
export function networkCallsByCode({ functionArn }: RoleWorld): readonly Call[] {
  return networkCalls.map(({ action, resource }) => ({
    action,
    resource,
    context: { 'lambda:SourceFunctionArn': functionArn },
  }));
}
