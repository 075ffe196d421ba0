/* oxlint-disable no-new -- a CDK construct is made for its effect on its scope. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { App, CfnOutput, CfnResource, Fn, Stack } from 'aws-cdk-lib/core';
import { CfnSubnet, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { CfnEventSourceMapping, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnCluster, CfnTopic } from 'aws-cdk-lib/aws-msk';
import { kafkaClient } from '@order-events/kafka-tools';

import { awsClientSettings } from '../../local/deployment/endpoint/aws-client-settings.ts';
import { deployAssembly } from '../../local/deployment/deploy-assembly.ts';
import type { DeployedApp } from '../../local/deployment/discovery/deployed-app.ts';
import { describeSubstitution } from '../../local/deployment/substitution/describe-substitution.ts';
import { verifyEmailIdentities } from '../../local/deployment/endpoint/verify-email-identities.ts';
import { choosePort, requireFreePort } from '../../local/engines/choose-port.ts';
import type { Engine } from '../../local/engines/engine.ts';
import { startKafkaBroker, type KafkaBrokerOptions } from '../../local/engines/kafka-broker.ts';
import { installKafka } from '../../local/engines/kafka-installation.ts';
import { installMiniStack } from '../../local/engines/ministack-installation.ts';
import { startMiniStack } from '../../local/engines/ministack.ts';

const SETUP_TIMEOUT_MS = 240_000;
const DEPLOY_TIMEOUT_MS = 120_000;
const project = resolve(import.meta.dirname, '../..');
const engines = { directory: join(project, '.local/engines'), onProgress: () => undefined };
const anyPort = (): Promise<number> => choosePort(0);

let root: string;
let broker: Engine;
let aws: Engine;
let brokerOptions: KafkaBrokerOptions;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'deployment-'));
  brokerOptions = {
    installation: await installKafka(engines),
    dataDirectory: join(root, 'kafka'),
    port: await anyPort(),
    controllerPort: await anyPort(),
    logFile: join(root, 'kafka.log'),
  };
  broker = await startKafkaBroker(brokerOptions);
  aws = await startMiniStack({
    installation: await installMiniStack(engines),
    port: await anyPort(),
    bootstrapServers: broker.endpoint,
    nodePath: join(project, 'node_modules'),
    dataDirectory: join(root, 'ministack'),
    logFile: join(root, 'ministack.log'),
  });
}, SETUP_TIMEOUT_MS);

afterAll(async () => {
  await Promise.all([broker.stop(), aws.stop()]);
  await rm(root, { recursive: true });
}, SETUP_TIMEOUT_MS);

/** A CDK app that has nothing to do with orders: one managed and one self-managed mapping, over two stacks. */
async function synthesize(name: string, partitions: number): Promise<string> {
  const code = join(root, 'code');
  await mkdir(code, { recursive: true });
  await writeFile(join(code, 'index.js'), 'exports.handler = async () => ({});');
  const outdir = join(root, `${name}-${partitions}`);
  const app = new App({ outdir, analyticsReporting: false });
  const env = { region: 'eu-central-1' };

  const streaming = new Stack(app, `${name}-streaming`, { env });
  const vpc = new CfnVPC(streaming, 'Vpc', { cidrBlock: '10.0.0.0/16' });
  const subnet = new CfnSubnet(streaming, 'Subnet', { vpcId: vpc.ref, cidrBlock: '10.0.0.0/24' });
  const cluster = new CfnCluster(streaming, 'Cluster', {
    clusterName: name,
    kafkaVersion: '3.9.x.kraft',
    numberOfBrokerNodes: 3,
    brokerNodeGroupInfo: { instanceType: 'kafka.m7g.large', clientSubnets: [subnet.ref] },
  });
  new CfnTopic(streaming, 'Topic', {
    clusterArn: cluster.attrArn,
    topicName: `${name}-clicks`,
    partitionCount: partitions,
    replicationFactor: 3,
    configs: Fn.base64('retention.ms=60000\nmin.insync.replicas=2\n'),
  });
  new CfnOutput(streaming, 'SubnetId', { value: subnet.ref });

  const consumers = new Stack(app, `${name}-consumers`, { env });
  const consumer = new LambdaFunction(consumers, 'Consumer', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(code),
    memorySize: 256,
    reservedConcurrentExecutions: 2,
    environment: { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', CLUSTER: cluster.attrArn },
  });
  new CfnEventSourceMapping(consumers, 'Managed', {
    functionName: consumer.functionArn,
    eventSourceArn: cluster.attrArn,
    topics: [`${name}-clicks`],
    startingPosition: 'TRIM_HORIZON',
    amazonManagedKafkaEventSourceConfig: { consumerGroupId: 'managed-group' },
  });
  new CfnEventSourceMapping(consumers, 'SelfManaged', {
    functionName: consumer.functionName,
    selfManagedEventSource: { endpoints: { kafkaBootstrapServers: ['broker.example.com:9092'] } },
    topics: [`${name}-views`],
    startingPosition: 'LATEST',
    sourceAccessConfigurations: [{ type: 'VPC_SUBNET', uri: `subnet:${subnet.ref}` }],
    selfManagedKafkaEventSourceConfig: { consumerGroupId: 'self-managed-group' },
  });
  app.synth();
  return outdir;
}

const deploy = (assemblyDirectory: string): Promise<DeployedApp> =>
  deployAssembly({
    assemblyDirectory,
    defaultRegion: 'us-east-1',
    endpoint: aws.endpoint,
    bootstrapServers: broker.endpoint,
    workDirectory: join(root, 'work'),
    sdkPackages: new Set(),
    onProgress: () => undefined,
    onWait: () => undefined,
  });

async function partitionsOf(topic: string): Promise<number> {
  const admin = kafkaClient({ clientId: 'test', brokers: [broker.endpoint] }).admin();
  await admin.connect();
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics.flatMap(({ partitions }) => partitions).length;
  } finally {
    await admin.disconnect();
  }
}

describe('a deployment to a local endpoint', () => {
  test(
    'makes any CDK app run there: functions, managed and self-managed mappings, topics, outputs',
    async () => {
      const assembly = await synthesize('shop', 4);

      const app = await deploy(assembly);

      const clusterArn: unknown = expect.stringMatching(
        /^arn:aws:kafka:eu-central-1:000000000000:cluster\/shop\//,
      );
      const [consumer] = app.functions;
      expect(app.functions).toEqual([
        {
          stackName: 'shop-consumers',
          logicalId: expect.stringMatching(/^Consumer/),
          functionName: expect.stringMatching(/^shop-consumers-Consumer/),
          functionArn: `arn:aws:lambda:eu-central-1:000000000000:function:${consumer?.functionName}`,
          codeDirectory: expect.stringContaining(join(assembly, 'asset.')),
          handler: 'index.handler',
          runtime: 'nodejs24.x',
          memorySizeMb: 256,
          timeoutSeconds: 3,
          environment: { KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT', CLUSTER: clusterArn },
          reservedConcurrency: 2,
        },
      ]);
      expect(app.eventSourceMappings).toEqual([
        {
          stackName: 'shop-consumers',
          logicalId: 'Managed',
          uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
          properties: {
            FunctionName: consumer?.functionArn,
            EventSourceArn: clusterArn,
            Topics: ['shop-clicks'],
            StartingPosition: 'TRIM_HORIZON',
            AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'managed-group' },
          },
        },
        {
          stackName: 'shop-consumers',
          logicalId: 'SelfManaged',
          uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
          properties: {
            FunctionName: consumer?.functionName,
            SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['broker.example.com:9092'] } },
            Topics: ['shop-views'],
            StartingPosition: 'LATEST',
            SourceAccessConfigurations: [{ Type: 'VPC_SUBNET', URI: 'subnet:subnet-45e0d97b57fe89fad' }],
            SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'self-managed-group' },
          },
        },
      ]);
      expect(app.outputs['shop-streaming']).toMatchObject({ SubnetId: 'subnet-45e0d97b57fe89fad' });
      expect(app.substitutions.map(describeSubstitution)).toEqual([
        'placeholder: AWS::EC2::VPC shop-streaming/Vpc, because processes on one machine need no network of their own',
        'placeholder: AWS::EC2::Subnet shop-streaming/Subnet, because processes on one machine need no network of their own',
        "stand-in: AWS::MSK::Cluster shop-streaming/Cluster, because the endpoint's CloudFormation does not support MSK; the cluster is created through its MSK API",
        'stand-in: AWS::MSK::Topic shop-streaming/Topic, because the topic is created on the local broker; 1 replica instead of 3; min.insync.replicas 1 instead of 2',
        `stand-in: AWS::Lambda::EventSourceMapping shop-consumers/SelfManaged, because the local broker, ${broker.endpoint}, replaces its brokers, broker.example.com:9092`,
      ]);
      await expect(partitionsOf('shop-clicks')).resolves.toBe(4);
    },
    DEPLOY_TIMEOUT_MS,
  );

  test(
    'makes a cluster whose bootstrap brokers are the local broker',
    async () => {
      const app = await deploy(await synthesize('brokers', 1));
      const client = new KafkaClient(awsClientSettings(aws.endpoint, app.region));
      const ClusterArn = app.functions[0]?.environment['CLUSTER'];

      const answer = await client.send(new GetBootstrapBrokersCommand({ ClusterArn }));
      client.destroy();

      expect(answer.BootstrapBrokerStringSaslIam).toBe(broker.endpoint);
    },
    DEPLOY_TIMEOUT_MS,
  );

  test(
    'adds partitions to a topic on the next deployment, keeps its records, and refuses to shrink it',
    async () => {
      const first = await deploy(await synthesize('growth', 2));

      const second = await deploy(await synthesize('growth', 5));

      await expect(partitionsOf('growth-clicks')).resolves.toBe(5);
      expect(second.eventSourceMappings).toEqual(first.eventSourceMappings);
      await expect(deploy(await synthesize('growth', 3))).rejects.toThrow(
        'topic growth-clicks has 5 partitions and cannot shrink to 3',
      );
    },
    2 * DEPLOY_TIMEOUT_MS,
  );

  test('names a resource that neither the endpoint nor the table knows, before it makes anything', async () => {
    const outdir = join(root, 'unknown');
    const app = new App({ outdir, analyticsReporting: false });
    const stack = new Stack(app, 'unknown', { env: { region: 'us-east-1' } });
    new CfnResource(stack, 'Blockchain', {
      type: 'AWS::ManagedBlockchain::Accessor',
      properties: { AccessorType: 'BILLING_TOKEN' },
    });
    app.synth();

    await expect(deploy(outdir)).rejects.toThrow(
      'the endpoint cannot create unknown/Blockchain (AWS::ManagedBlockchain::Accessor): leave out the resources that the functions do not need: --leave-out AWS::ManagedBlockchain::Accessor',
    );
  });
});

describe('verifyEmailIdentities', () => {
  test('lets an address send that the endpoint refused before, and may be repeated', async () => {
    const region = 'eu-central-1';
    const client = new SESv2Client(awsClientSettings(aws.endpoint, region));
    const send = () =>
      client.send(
        new SendEmailCommand({
          FromEmailAddress: 'shop@example.com',
          Destination: { ToAddresses: ['customer@example.com'] },
          Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello' } } } },
        }),
      );
    await expect(send()).rejects.toThrow('not verified');

    await verifyEmailIdentities(aws.endpoint, region, ['shop@example.com']);
    await verifyEmailIdentities(aws.endpoint, region, ['shop@example.com']);

    await expect(send()).resolves.toMatchObject({ MessageId: expect.any(String) });
    client.destroy();
  });
});

describe('a broker that was killed', () => {
  test(
    'starts again on its data, and frees its ports when it is stopped',
    async () => {
      const own = {
        ...brokerOptions,
        dataDirectory: join(root, 'other-kafka'),
        port: await anyPort(),
        controllerPort: await anyPort(),
        logFile: join(root, 'other-kafka.log'),
      };
      const first = await startKafkaBroker(own);
      process.kill(first.pid, 'SIGKILL');
      await first.exited;

      const second = await startKafkaBroker(own);
      await second.stop();

      await expect(requireFreePort(own.port, 'a broker')).resolves.toBeUndefined();
      await expect(requireFreePort(own.controllerPort, 'a controller')).resolves.toBeUndefined();
    },
    DEPLOY_TIMEOUT_MS,
  );
});
