import { describe, expect, test } from '@jest/globals';
import { dev } from '../../lib/config/dev.ts';
import type { ProvisionedClusterConfig } from '../../lib/config/stage-config.ts';
import { at, listAt, textAt } from '../../lib/guards/json-access.ts';
import { ofType, only, synthesize } from './synthesize.ts';
import type { SynthesizedStack } from './synthesize.ts';

const { streaming: stack } = synthesize(dev);

const clusterOf = (of: SynthesizedStack): Readonly<Record<string, unknown>> =>
  only(of, 'AWS::MSK::Cluster').properties;
const securityGroup = (name: string): object => ({
  'Fn::GetAtt': [only(stack, 'AWS::EC2::SecurityGroup', `/${name}/`).logicalId, 'GroupId'],
});

const statement = (action: unknown): object => ({
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: action,
  Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } },
});

describe('the cluster', () => {
  test('runs three KRaft brokers in three zones, with IAM and TLS and nothing else', () => {
    const { BrokerNodeGroupInfo, ConfigurationInfo, LoggingInfo, Tags, ...settings } = clusterOf(stack);

    expect([BrokerNodeGroupInfo, ConfigurationInfo, LoggingInfo, Tags]).not.toContain(undefined);
    expect(settings).toEqual({
      ClusterName: 'order-events-dev',
      KafkaVersion: '3.9.x.kraft',
      NumberOfBrokerNodes: 3,
      ClientAuthentication: {
        Sasl: { Iam: { Enabled: true }, Scram: { Enabled: false } },
        Tls: { Enabled: false },
        Unauthenticated: { Enabled: false },
      },
      EncryptionInfo: {
        EncryptionAtRest: {
          DataVolumeKMSKeyId: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] },
        },
        EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true },
      },
      EnhancedMonitoring: 'PER_TOPIC_PER_BROKER',
    });
  });

  test('is not public and logs its brokers', () => {
    expect(clusterOf(stack)).toMatchObject({
      BrokerNodeGroupInfo: {
        InstanceType: 'kafka.m7g.large',
        SecurityGroups: [securityGroup('BrokerSecurityGroup')],
        ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } },
        StorageInfo: { EBSStorageInfo: { VolumeSize: 50 } },
      },
      LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: true } } },
    });
  });

  test('creates no topic by itself and loses nothing acknowledged with one broker', () => {
    const configuration = only(stack, 'AWS::MSK::Configuration');

    expect(textAt(configuration.properties, 'ServerProperties')?.trim().split('\n')).toEqual([
      'auto.create.topics.enable=false',
      'default.replication.factor=3',
      'min.insync.replicas=2',
      'unclean.leader.election.enable=false',
      'log.retention.hours=168',
      'offsets.retention.minutes=20160',
    ]);
  });

  test('grows its storage by itself and never shrinks it', () => {
    expect(only(stack, 'AWS::ApplicationAutoScaling::ScalableTarget').properties).toMatchObject({
      ServiceNamespace: 'kafka',
      ScalableDimension: 'kafka:broker-storage:VolumeSize',
      MaxCapacity: 200,
    });
    expect(only(stack, 'AWS::ApplicationAutoScaling::ScalingPolicy').properties).toMatchObject({
      TargetTrackingScalingPolicyConfiguration: {
        DisableScaleIn: true,
        PredefinedMetricSpecification: { PredefinedMetricType: 'KafkaBrokerStorageUtilization' },
        TargetValue: 60,
      },
    });
  });

  test('stays when the stack is deleted, with its topic, its key and its network, but not when its creation fails', () => {
    const kept = stack.resources.filter(({ deletionPolicy }) => deletionPolicy === 'RetainExceptOnCreate');

    expect([...new Set(kept.map(({ type }) => type))].toSorted()).toEqual([
      'AWS::EC2::RouteTable',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::Subnet',
      'AWS::EC2::SubnetRouteTableAssociation',
      'AWS::EC2::VPC',
      'AWS::KMS::Key',
      'AWS::MSK::Cluster',
      'AWS::MSK::Configuration',
      'AWS::MSK::Topic',
      'Custom::VpcRestrictDefaultSG',
    ]);
  });
});

test('the topic has its partitions, replicas, size limit and retention', () => {
  const topic = only(stack, 'AWS::MSK::Topic').properties;

  expect({ ...topic, Configs: JSON.parse(atob(textAt(topic, 'Configs') ?? '')) as unknown }).toEqual({
    ClusterArn: { 'Fn::GetAtt': [only(stack, 'AWS::MSK::Cluster').logicalId, 'Arn'] },
    TopicName: 'order-events',
    PartitionCount: 6,
    ReplicationFactor: 3,
    Configs: { 'cleanup.policy': 'delete', 'max.message.bytes': '700000', 'retention.ms': '604800000' },
  });
});

describe('the network', () => {
  test('spans the three zones of the stage and has no way out', () => {
    expect(
      ofType(stack, 'AWS::EC2::Subnet').map(({ properties }) => [
        at(properties, 'AvailabilityZoneId'),
        at(properties, 'AvailabilityZone'),
      ]),
    ).toEqual([
      ['use1-az1', undefined],
      ['use1-az2', undefined],
      ['use1-az4', undefined],
    ]);
    expect(
      ['AWS::EC2::NatGateway', 'AWS::EC2::InternetGateway', 'AWS::EC2::Route'].flatMap((type) =>
        ofType(stack, type),
      ),
    ).toEqual([]);
  });

  test('records all traffic under a customer key', () => {
    expect(only(stack, 'AWS::EC2::FlowLog').properties).toMatchObject({
      ResourceType: 'VPC',
      TrafficType: 'ALL',
    });
    expect(ofType(stack, 'AWS::Logs::LogGroup').map(({ properties }) => at(properties, 'KmsKeyId'))).toEqual([
      { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] },
      { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] },
    ]);
  });

  test('closes its default security group', () => {
    expect(ofType(stack, 'Custom::VpcRestrictDefaultSG')).toHaveLength(1);
  });

  test('lets only pollers and clients reach the brokers, and only them reach the endpoints', () => {
    const brokers = securityGroup('BrokerSecurityGroup');
    const clients = securityGroup('ClientSecurityGroup');
    const endpoints = securityGroup('EndpointSecurityGroup');

    const rules = (type: string, peer: string): readonly unknown[] =>
      ofType(stack, type).map(({ properties }) => ({
        group: at(properties, 'GroupId'),
        peer: at(properties, peer),
        ports: [at(properties, 'FromPort'), at(properties, 'ToPort')],
      }));

    expect(rules('AWS::EC2::SecurityGroupIngress', 'SourceSecurityGroupId')).toEqual(
      expect.arrayContaining([
        { group: brokers, peer: brokers, ports: [9098, 9098] },
        { group: brokers, peer: clients, ports: [9098, 9098] },
        { group: endpoints, peer: brokers, ports: [443, 443] },
        { group: endpoints, peer: clients, ports: [443, 443] },
      ]),
    );
    expect(ofType(stack, 'AWS::EC2::SecurityGroupIngress')).toHaveLength(4);
    expect(rules('AWS::EC2::SecurityGroupEgress', 'DestinationSecurityGroupId')).toEqual(
      expect.arrayContaining([
        { group: brokers, peer: brokers, ports: [9098, 9098] },
        { group: brokers, peer: endpoints, ports: [443, 443] },
        { group: clients, peer: brokers, ports: [9098, 9098] },
        { group: clients, peer: endpoints, ports: [443, 443] },
      ]),
    );
    expect(ofType(stack, 'AWS::EC2::SecurityGroupEgress')).toHaveLength(4);
  });

  test('reaches four services, each only for the needed calls and within this account', () => {
    const endpoints = ofType(stack, 'AWS::EC2::VPCEndpoint').map(({ properties }) => ({
      service: at(properties, 'ServiceName'),
      statements: at(properties, 'PolicyDocument', 'Statement'),
    }));

    expect(endpoints).toEqual([
      {
        service: 'com.amazonaws.us-east-1.sqs',
        statements: [
          {
            ...statement([
              'sqs:ChangeMessageVisibility',
              'sqs:DeleteMessage',
              'sqs:GetQueueAttributes',
              'sqs:ReceiveMessage',
              'sqs:SendMessage',
            ]),
            Resource: { 'Fn::Join': ['', ['arn:aws:sqs:us-east-1:', { Ref: 'AWS::AccountId' }, ':*']] },
          },
        ],
      },
      {
        service: 'aws.api.us-east-1.kafka-api',
        statements: [
          {
            ...statement(['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers']),
            Resource: { 'Fn::GetAtt': [only(stack, 'AWS::MSK::Cluster').logicalId, 'Arn'] },
          },
        ],
      },
      {
        service: 'com.amazonaws.us-east-1.lambda',
        statements: [
          {
            ...statement('lambda:InvokeFunction'),
            Resource: {
              'Fn::Join': ['', ['arn:aws:lambda:us-east-1:', { Ref: 'AWS::AccountId' }, ':function:*']],
            },
          },
        ],
      },
      {
        service: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.dynamodb']] },
        statements: [
          {
            ...statement([
              'dynamodb:DeleteItem',
              'dynamodb:GetItem',
              'dynamodb:PutItem',
              'dynamodb:Query',
              'dynamodb:UpdateItem',
            ]),
            Resource: {
              'Fn::Join': ['', ['arn:aws:dynamodb:us-east-1:', { Ref: 'AWS::AccountId' }, ':table/*']],
            },
          },
        ],
      },
    ]);
  });
});

describe('with Express brokers', () => {
  const express: ProvisionedClusterConfig = {
    kind: 'provisioned',
    kafkaVersion: '3.9.x.kraft',
    networkCidr: '10.40.0.0/20',
    brokersPerZone: 1,
    brokers: { type: 'express', instanceType: 'express.m7g.large', storageAlarmGibibytes: 1_000 },
    monitoring: 'PER_TOPIC_PER_BROKER',
  };
  const stacks = synthesize({ ...dev, cluster: express });

  test('sets nothing that Express fixes or refuses', () => {
    const cluster = clusterOf(stacks.streaming);

    expect(at(cluster, 'LoggingInfo')).toBeUndefined();
    expect(at(cluster, 'BrokerNodeGroupInfo', 'StorageInfo')).toBeUndefined();
    expect(ofType(stacks.streaming, 'AWS::ApplicationAutoScaling::ScalableTarget')).toEqual([]);
    expect(at(only(stacks.streaming, 'AWS::MSK::Configuration').properties, 'ServerProperties')).toBe(
      'auto.create.topics.enable=false\n',
    );
  });

  test('alarms on metrics that Express publishes, by their dimensions there', () => {
    const names = ofType(stacks.operations, 'AWS::CloudWatch::Alarm').map(({ properties }) =>
      at(properties, 'AlarmName'),
    );
    const lag = only(stacks.consumers, 'AWS::CloudWatch::Alarm', '/billing/time-lag/').properties;

    expect(names).toEqual(
      [
        'broker-1-cpu',
        'broker-1-connections',
        'broker-2-cpu',
        'broker-2-connections',
        'broker-3-cpu',
        'broker-3-connections',
        'controller',
        'broker-1-produce-throttle',
        'broker-1-fetch-throttle',
        'broker-2-produce-throttle',
        'broker-2-fetch-throttle',
        'broker-3-produce-throttle',
        'broker-3-fetch-throttle',
        'storage',
      ].map((name) => `order-events-dev-cluster-${name}`),
    );
    expect(
      listAt(lag, 'Metrics')
        .filter((metric) => at(metric, 'MetricStat', 'Metric', 'Namespace') === 'AWS/Kafka')
        .map((metric) => at(metric, 'MetricStat', 'Metric', 'Dimensions')),
    ).toEqual([
      [
        { Name: 'Consumer Group', Value: 'billing-group' },
        { Name: 'Topic', Value: 'order-events' },
      ],
    ]);
  });
});

describe('with an existing cluster', () => {
  const clusterArn =
    'arn:aws:kafka:us-east-1:123456789012:cluster/shared/751d2973-a626-431c-9d4e-d7975eb44dd7-2';
  const stacks = synthesize({
    ...dev,
    cluster: {
      kind: 'existing',
      clusterArn,
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
      securityGroupId: 'sg-0123456789abcdef0',
      brokerType: 'standard',
      prefix: '',
      topic: undefined,
      replicationFactor: undefined,
    },
  });

  test('creates the topic and the way in for clients, and nothing else', () => {
    expect(stacks.streaming.resources.map(({ type }) => type).toSorted()).toEqual([
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroupEgress',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::MSK::Topic',
    ]);
  });

  test('lets clients reach AWS services by any route of its network', () => {
    expect(
      at(only(stacks.streaming, 'AWS::EC2::SecurityGroup').properties, 'SecurityGroupEgress'),
    ).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }]);
  });

  test('makes the topic itself insist on in-sync replicas, as the cluster may not', () => {
    const topic = only(stacks.streaming, 'AWS::MSK::Topic').properties;

    expect(at(topic, 'ClusterArn')).toBe(clusterArn);
    expect(JSON.parse(atob(textAt(topic, 'Configs') ?? ''))).toMatchObject({ 'min.insync.replicas': '2' });
  });

  test('consumes from it, by the name of the group within it', () => {
    const policy = only(stacks.consumers, 'AWS::IAM::ManagedPolicy', '/Billing/').properties;

    expect(JSON.stringify(policy)).toContain(
      'arn:aws:kafka:us-east-1:123456789012:group/shared/751d2973-a626-431c-9d4e-d7975eb44dd7-2/billing-group',
    );
  });

  test('leaves the cluster to the alarms of its owner', () => {
    const names = ofType(stacks.operations, 'AWS::CloudWatch::Alarm').map(({ properties }) =>
      textAt(properties, 'AlarmName'),
    );

    expect(names.filter((name) => name?.includes('-cluster-'))).toEqual([]);
  });
});
