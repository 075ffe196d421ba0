import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { DescribeTopicCommand, GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka';
import { kafkaClient, mskIam, mskToken, type TopicDescription } from '@order-events/kafka-tools';
import { parseTopicConfigs } from '#msk-local/deployment/stand-ins/topic-plan.ts';
import { stackNames, stageOutputs, type StackOutputs } from './stage-outputs.ts';
import { CLIENT_ID, type Target } from './target.ts';

const CONNECTION_TIMEOUT_MS = 5_000;
const RETRY = { initialRetryTime: 300, retries: 2 };

/** The calls that describe a stage on AWS, as an interface that tests can implement. */
export interface StageSource {
  readonly region: string;
  /** Outputs of one stack; `undefined` when no such stack is deployed. */
  readonly stackOutputs: (stackName: string) => Promise<Readonly<Record<string, string>> | undefined>;
  /** Comma-joined brokers with IAM authentication; `undefined` when the cluster has none. */
  readonly bootstrapServers: (clusterArn: string) => Promise<string | undefined>;
  readonly topic: (clusterArn: string, topicName: string) => Promise<TopicDescription>;
}

/**
 * A stage that is deployed to AWS.
 *
 * @throws {Error} when a stack of the stage is missing, or its cluster offers no IAM authentication.
 */
export async function awsTarget(stage: string, source?: StageSource): Promise<Target> {
  const { region, stackOutputs, bootstrapServers, topic } = source ?? (await awsStageSource());
  const outputs = stageOutputs(stage, await allStacks(stage, region, stackOutputs));
  const brokers = await bootstrapServers(outputs.clusterArn);
  if (brokers === undefined) {
    throw new Error(
      `The cluster ${outputs.clusterArn} has no brokers with IAM authentication. Enable it on the cluster.`,
    );
  }
  return {
    kind: 'aws',
    name: `stage ${stage} on AWS in ${region}`,
    run: outputs.clusterArn,
    outputs,
    awsClientConfig: { region },
    invokeClientConfig: { region },
    kafka: () =>
      Promise.resolve(
        kafkaClient({
          clientId: CLIENT_ID,
          brokers: brokers.split(','),
          ...mskIam(region),
          connectionTimeout: CONNECTION_TIMEOUT_MS,
          retry: RETRY,
        }),
      ),
    brokers: { brokers: brokers.split(','), token: () => mskToken(region) },
    topic: () => topic(outputs.clusterArn, outputs.topicName),
    watchedMetrics: () => Promise.resolve([]),
    publishMetrics: () => Promise.resolve(),
    mappings: () => Promise.resolve([]),
  };
}

async function allStacks(
  stage: string,
  region: string,
  stackOutputs: StageSource['stackOutputs'],
): Promise<StackOutputs> {
  const names = Object.values(stackNames(stage));
  const found = await Promise.all(names.map(async (name) => [name, await stackOutputs(name)] as const));
  return Object.fromEntries(
    found.map(([name, outputs]) => {
      if (outputs === undefined) {
        throw new Error(
          `The stack ${name} is not deployed in ${region}. Choose another --stage or AWS_REGION, ` +
            `or deploy it: npx cdk deploy --all -c stage=${stage}`,
        );
      }
      return [name, outputs] as const;
    }),
  );
}

async function awsStageSource(): Promise<StageSource> {
  const cloudFormation = new CloudFormationClient();
  const region = await cloudFormation.config.region();
  // The name that the interface endpoint of the MSK API answers to, and that is public as well.
  const kafka = new KafkaClient({ region, useDualstackEndpoint: true });
  return {
    region,
    stackOutputs: async (stackName) => outputsByName(await describeStack(cloudFormation, stackName)),
    bootstrapServers: async (clusterArn) =>
      (await kafka.send(new GetBootstrapBrokersCommand({ ClusterArn: clusterArn })))
        .BootstrapBrokerStringSaslIam,
    topic: (clusterArn, topicName) => describedTopic(kafka, clusterArn, topicName),
  };
}

/** MSK encodes the topic's own settings, not those that it has from the cluster: ADR 16 says in which forms. */
async function describedTopic(
  kafka: KafkaClient,
  ClusterArn: string,
  TopicName: string,
): Promise<TopicDescription> {
  const { PartitionCount, ReplicationFactor, Configs } = await kafka.send(
    new DescribeTopicCommand({ ClusterArn, TopicName }),
  );
  return {
    partitions: PartitionCount ?? 0,
    replicas: ReplicationFactor ?? 0,
    settings: parseTopicConfigs(Configs ?? ''),
  };
}

/** CloudFormation answers a ValidationError, and nothing more precise, for a stack that does not exist. */
async function describeStack(client: CloudFormationClient, stackName: string): Promise<Stack | undefined> {
  try {
    return (await client.send(new DescribeStacksCommand({ StackName: stackName }))).Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}

function outputsByName(stack: Stack | undefined): Record<string, string> | undefined {
  return (
    stack &&
    Object.fromEntries(
      (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']),
    )
  );
}
