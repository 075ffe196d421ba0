import { describe, expect, test } from '@jest/globals';
import { KafkaClient } from '@aws-sdk/client-kafka';
import { Stack } from 'aws-cdk-lib/core';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { dev } from '../../lib/config/dev.ts';
import { ProducerFunction } from '../../lib/constructs/producer-function.ts';
import { at, listAt } from '../../lib/guards/json-access.ts';
import { recordAt } from '../../tools/judges/template-resources.ts';
import { ofType, only, synthesize, testApp } from './synthesize.ts';

const { operations: stack, streaming } = synthesize();

/** The value that the streaming stack exports of a resource, by the beginning of the export's name. */
const published = (name: string): object => ({
  'Fn::ImportValue': expect.stringMatching(new RegExp(`^order-events-dev-streaming:ExportsOutput${name}`)),
});
const clusterArn = published('FnGetAttCluster.*Arn');
const topicArn = published('FnGetAttTopic.*TopicArn');
const arnOf = (type: string): object => ({
  'Fn::GetAtt': [only(stack, type, '/Producer/').logicalId, 'Arn'],
});

const role = only(stack, 'AWS::IAM::Role', '/Producer/');
const policy = only(stack, 'AWS::IAM::ManagedPolicy', '/Producer/');
const lambda = only(stack, 'AWS::Lambda::Function', '/Producer/');

const interfaceActions = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

describe('the producer', () => {
  test('may append to the topic, log, and be connected to the network by Lambda but not by its code', () => {
    expect(listAt(policy.properties, 'PolicyDocument', 'Statement')).toEqual([
      { Sid: 'LocateBrokers', Effect: 'Allow', Action: 'kafka:GetBootstrapBrokers', Resource: clusterArn },
      {
        Sid: 'ConnectToCluster',
        Effect: 'Allow',
        Action: ['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'],
        Resource: clusterArn,
      },
      {
        Sid: 'AppendToTopic',
        Effect: 'Allow',
        Action: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'],
        Resource: topicArn,
      },
      {
        Sid: 'WriteOwnLogs',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: arnOf('AWS::Logs::LogGroup'),
      },
      { Sid: 'ConnectFunctionToNetwork', Effect: 'Allow', Action: interfaceActions, Resource: '*' },
      {
        Sid: 'NotByItsCode',
        Effect: 'Deny',
        Action: interfaceActions,
        Resource: '*',
        Condition: {
          ArnLike: {
            'lambda:SourceFunctionArn': {
              'Fn::Join': ['', ['arn:aws:lambda:us-east-1:', { Ref: 'AWS::AccountId' }, ':function:*']],
            },
          },
        },
      },
    ]);
  });

  test('has this one policy and can be assumed by Lambda alone', () => {
    expect({ ...role.properties, Tags: [] }).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
        ],
      },
      Tags: [],
    });
    expect(at(policy.properties, 'Roles')).toEqual([{ Ref: role.logicalId }]);
    expect(ofType(stack, 'AWS::IAM::Policy')).toEqual([]);
  });

  test('runs in the isolated subnets of the brokers as a client of theirs, once it may', () => {
    expect(at(lambda.properties, 'VpcConfig')).toEqual({
      SecurityGroupIds: [published('FnGetAttClusterClientSecurityGroup')],
      SubnetIds: [1, 2, 3].map((zone) => published(`RefClusterNetworkVpc.*Subnet${zone}Subnet`)),
    });
    expect(lambda.dependsOn).toContain(policy.logicalId);
    expect(stack.after).toContain('order-events-dev-streaming');
  });

  test('finds the brokers of the cluster by the endpoint inside their network', () => {
    const allowed = ofType(streaming, 'AWS::EC2::VPCEndpoint').filter(({ properties }) =>
      JSON.stringify(at(properties, 'PolicyDocument')).includes('kafka:GetBootstrapBrokers'),
    );

    const host = new KafkaClient({ region: 'us-east-1' }).config.endpointProvider({
      Region: 'us-east-1',
      UseDualStack:
        at(lambda.properties, 'Environment', 'Variables', 'AWS_USE_DUALSTACK_ENDPOINT') === 'true',
    }).url.hostname;

    expect(host).toBe('kafka-api.us-east-1.api.aws');
    expect(
      allowed.map(({ properties }) => [at(properties, 'ServiceName'), at(properties, 'PrivateDnsEnabled')]),
    ).toEqual([['aws.api.us-east-1.kafka-api', true]]);
  });

  test('signs with IAM over TLS', () => {
    expect(recordAt(at(lambda.properties, 'Environment'), 'Variables')).toEqual({
      NODE_OPTIONS: '--enable-source-maps',
      CLUSTER_ARN: clusterArn,
      TOPIC_NAME: 'order-events',
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      CURRENCY: 'USD',
      POWERTOOLS_SERVICE_NAME: 'order-producer',
      POWERTOOLS_LOG_LEVEL: 'INFO',
    });
  });

  test('keeps its logs for the time of the stage, under a customer key', () => {
    expect({ ...only(stack, 'AWS::Logs::LogGroup', '/Producer/').properties, Tags: [] }).toEqual({
      KmsKeyId: arnOf('AWS::KMS::Key'),
      RetentionInDays: 365,
      Tags: [],
    });
  });

  test('is shown at the deployment', () => {
    expect(at(stack.template, 'Outputs', 'ProducerFunctionName')).toEqual({
      Value: { Ref: lambda.logicalId },
    });
  });
});

test('a producer can be created twice in one stack', () => {
  const app = testApp();
  const scope = new Stack(app, 'twice', { env: { region: 'us-east-1' } });
  const vpc = Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['us-east-1a'],
  });
  const subnet = Subnet.fromSubnetAttributes(scope, 'Subnet', {
    subnetId: 'subnet-0123456789abcdef0',
    routeTableId: 'rtb-0123456789abcdef0',
  });
  const cluster = {
    clusterArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/c/u',
    clusterName: 'c',
    network: {
      vpc,
      subnets: [subnet],
      clientSecurityGroup: SecurityGroup.fromSecurityGroupId(scope, 'Clients', 'sg-0123456789abcdef0'),
    },
  };
  const topic = {
    topicArn: 'arn:aws:kafka:us-east-1:123456789012:topic/c/u/order-events',
    topicName: 'order-events',
  };

  const producers = ['first', 'second'].map(
    (id) => new ProducerFunction(scope, id, { cluster, topic, config: dev }),
  );

  expect(producers).toHaveLength(2);
  expect(() => app.synth()).not.toThrow();
});
