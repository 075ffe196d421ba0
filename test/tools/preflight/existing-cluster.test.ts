import { expect, jest, test } from '@jest/globals';
import type { ExistingClusterConfig, StageConfig } from '../../../lib/config/stage-config.ts';
import { ec2, json, jsonError, type Answers } from './fake-aws.ts';
import { aStage, notOk, preflightOf } from './preflight-of.ts';
import { aCluster } from './ready-account.ts';

// Each test makes the clients of ten services anew, which takes its time on a busy machine.
jest.setTimeout(30_000);

const cluster: ExistingClusterConfig = {
  kind: 'existing',
  clusterArn: 'arn:aws:kafka:us-east-1:210987654321:cluster/shared/1',
  vpcId: 'vpc-11111111',
  subnetIds: ['subnet-11111111', 'subnet-22222222'],
  securityGroupId: 'sg-11111111',
  brokerType: 'standard',
  prefix: 'shop.',
  topic: undefined,
  replicationFactor: 2,
};

const stageOn = (overrides: Partial<ExistingClusterConfig> = {}): StageConfig => ({
  ...aStage,
  cluster: { ...cluster, ...overrides },
});

const described = (overrides: object = {}): Answers['DescribeCluster'] =>
  json({
    clusterInfo: aCluster({
      brokerNodeGroupInfo: {
        instanceType: 'kafka.m7g.large',
        clientSubnets: ['subnet-22222222', 'subnet-11111111'],
        securityGroups: ['sg-11111111'],
        storageInfo: { ebsStorageInfo: { volumeSize: 500 } },
      },
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      ...overrides,
    }),
  });

const endpointsOf = (services: readonly string[], privateDns = true) =>
  ec2(
    'DescribeVpcEndpoints',
    `<vpcEndpointSet>${services
      .map(
        (service) =>
          `<item><serviceName>${service}</serviceName><privateDnsEnabled>${privateDns}</privateDnsEnabled></item>`,
      )
      .join('')}</vpcEndpointSet>`,
  );

/** One route table for the whole VPC. */
const routes = (target: string) =>
  ec2(
    'DescribeRouteTables',
    '<routeTableSet><item><associationSet><item><main>true</main></item></associationSet><routeSet><item>' +
      `<destinationCidrBlock>0.0.0.0/0</destinationCidrBlock>${target}</item></routeSet></item></routeTableSet>`,
  );

const NAT = '<natGatewayId>nat-1</natGatewayId>';
const INTERNET = '<gatewayId>igw-1</gatewayId>';

const groupAdmitting = (groupId: string) =>
  ec2(
    'DescribeSecurityGroups',
    '<securityGroupInfo><item><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>9098</fromPort>' +
      `<toPort>9098</toPort><groups><item><groupId>${groupId}</groupId></item></groups></item></ipPermissions>` +
      '<ipPermissionsEgress><item><ipProtocol>-1</ipProtocol></item></ipPermissionsEgress></item></securityGroupInfo>',
  );

const SERVICES = [
  'com.amazonaws.us-east-1.sqs',
  'aws.api.us-east-1.kafka-api',
  'com.amazonaws.us-east-1.lambda',
  'com.amazonaws.us-east-1.dynamodb',
];

function mappingOf(functionName: string) {
  return json({
    EventSourceMappings: [
      {
        FunctionArn: `arn:aws:lambda:us-east-1:210987654321:function:${functionName}`,
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'shop.billing-group' },
      },
      { FunctionArn: 'arn:aws:lambda:us-east-1:210987654321:function:of-no-group' },
    ],
  });
}

/** A cluster and a network as they must be, with endpoints and no other way out. */
const readyOwner: Answers = {
  DescribeCluster: described(),
  ListEventSourceMappings: mappingOf('order-events-dev-consumers-Billing-1'),
  DescribeTopic: { status: 404, body: '{"__type":"NotFoundException"}' },
  DescribeVpcEndpoints: endpointsOf(SERVICES),
  DescribeRouteTables: routes(INTERNET),
  DescribeSecurityGroups: groupAdmitting('sg-11111111'),
};

test('an existing cluster that is as the stage describes it is ok, and no own cluster is asked for', async () => {
  const { verdicts, calls } = await preflightOf(readyOwner, { config: stageOn() });

  expect(verdicts.slice(-3)).toEqual([
    { subject: 'existing cluster', kind: 'ok', text: '3 brokers of kafka.m7g.large with 500 GiB each' },
    { subject: 'groups', kind: 'ok', text: 'no other function reads in the groups of this stage' },
    { subject: "owner's network", kind: 'ok', text: 'pollers and producer can reach all services' },
  ]);
  expect(notOk(verdicts)).toEqual([]);
  expect(calls.filter((call) => call === 'ListClusters' || call === 'GetServiceQuota')).toEqual([]);
});

test('a NAT gateway is as good as the endpoints', async () => {
  const { verdicts } = await preflightOf(
    { ...readyOwner, DescribeVpcEndpoints: endpointsOf([]), DescribeRouteTables: routes(NAT) },
    { config: stageOn() },
  );

  expect(notOk(verdicts)).toEqual([]);
});

test.each<{
  readonly story: string;
  readonly answers: Answers;
  readonly config?: StageConfig;
  readonly kind?: 'unknown';
  readonly says: string;
}>([
  {
    story: 'a missing cluster',
    answers: { DescribeCluster: { status: 404, body: '{"__type":"NotFoundException"}' } },
    says: `existing cluster: ${cluster.clusterArn} does not exist`,
  },
  {
    story: 'a cluster without IAM',
    answers: { DescribeCluster: described({ clientAuthentication: {} }) },
    says: 'existing cluster: it accepts no IAM authentication: ask its owner to enable it',
  },
  {
    story: 'a cluster of the other broker type',
    answers: {},
    config: stageOn({ brokerType: 'express', replicationFactor: undefined }),
    says: 'existing cluster: its brokers are kafka.m7g.large: set existingCluster.brokerType to "standard"',
  },
  {
    story: 'other subnets',
    answers: {},
    config: stageOn({ subnetIds: ['subnet-11111111', 'subnet-33333333'] }),
    says: 'existing cluster: existingCluster.subnetIds names subnet-11111111, subnet-33333333, and its brokers are in',
  },
  {
    story: 'another security group',
    answers: {},
    config: stageOn({ securityGroupId: 'sg-99999999' }),
    says: 'existing cluster: existingCluster.securityGroupId is sg-99999999, and its brokers have sg-11111111',
  },
  {
    story: 'another stage on the cluster with the same prefix',
    answers: { ListEventSourceMappings: mappingOf('order-events-prod-consumers-Billing-1') },
    says:
      'groups: order-events-prod-consumers-Billing-1 already reads in the group shop.billing-group, and both would share ' +
      'its records: set another existingCluster.prefix',
  },
  {
    story: 'no permission to list mappings',
    answers: { ListEventSourceMappings: jsonError('AccessDeniedException') },
    kind: 'unknown',
    says: 'groups: not known, needs lambda:ListEventSourceMappings',
  },
  {
    story: 'a topic that is there already',
    answers: { DescribeTopic: json({ TopicName: 'shop.order-events' }) },
    says: 'kept names: the topic shop.order-events is already on the cluster: set it as existingCluster.topic',
  },
  {
    story: 'no way to SQS',
    answers: { DescribeVpcEndpoints: endpointsOf(SERVICES.slice(1)) },
    says: "owner's network: discarded batches go to SQS, but its subnets have no route there",
  },
  {
    story: 'the old endpoint of the MSK API alone',
    answers: {
      DescribeVpcEndpoints: endpointsOf(['com.amazonaws.us-east-1.sqs', 'com.amazonaws.us-east-1.kafka']),
    },
    says: "owner's network: producer and redrive ask the MSK API for the brokers, but its subnets have no route there",
  },
  {
    story: 'endpoints without private DNS',
    answers: { DescribeVpcEndpoints: endpointsOf(SERVICES, false) },
    says: "owner's network: discarded batches go to SQS, but its subnets have no route there",
  },
  {
    story: 'brokers that do not admit their own security group',
    answers: { DescribeSecurityGroups: groupAdmitting('sg-22222222') },
    says: "owner's network: the brokers' security group does not admit itself on port 9098",
  },
])('$story is reported with what to do', async ({ answers, config = stageOn(), kind = 'to do', says }) => {
  const { verdicts } = await preflightOf({ ...readyOwner, ...answers }, { config });

  const [first = 'nothing'] = notOk(verdicts);
  const said = `${kind}: ${says}`;
  expect(first.slice(0, said.length)).toBe(said);
});
