import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, paginateDescribeAlarms, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import {
  DeleteEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { DeleteClusterCommand, KafkaClient } from '@aws-sdk/client-kafka';
import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsClientSettings } from '../../../local/deployment/endpoint/aws-client-settings.ts';
import { waitFor } from '../../../local/helpers/wait-for.ts';

const DELETION_TIMEOUT_MS = 20_000;

/** What is at a local endpoint, as a person would look it up, and what a person would do to it. */
export interface LocalAccount {
  /** Names of the stacks. */
  stacks(): Promise<readonly string[]>;
  /** Memory in MB by function name. */
  functionMemory(): Promise<Readonly<Record<string, number>>>;
  /** Ids of the event source mappings. */
  mappings(): Promise<readonly string[]>;
  /** The id of the mapping that invokes the function with this in its name. @throws {Error} when there is none. */
  mappingOf(functionName: string): Promise<string>;
  /** @param enabled - whether the mapping is to poll. */
  setMappingEnabled(id: string, enabled: boolean): Promise<void>;
  deleteMapping(id: string): Promise<void>;
  /** What the metric of each alarm is of, in one dimension: by the alarm's name, for alarms that have it. */
  alarmsBy(dimension: string): Promise<Readonly<Record<string, string>>>;
  deleteQueue(url: string): Promise<void>;
  deleteCluster(arn: string): Promise<void>;
  /** Deletes a stack and waits until it is gone. @throws {Error} when its deletion fails. */
  deleteStack(name: string): Promise<void>;
  close(): void;
}

export function localAccount(endpoint: string, region: string): LocalAccount {
  const settings = awsClientSettings(endpoint, region);
  const cloudFormation = new CloudFormationClient(settings);
  const lambda = new LambdaClient(settings);
  const cloudWatch = new CloudWatchClient(settings);
  const sqs = new SQSClient(settings);
  const kafka = new KafkaClient(settings);
  const stacks = async (): Promise<readonly Stack[]> =>
    (await cloudFormation.send(new DescribeStacksCommand({}))).Stacks ?? [];
  return {
    stacks: async () => (await stacks()).map(({ StackName = '' }) => StackName),
    functionMemory: async () => {
      const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
      return Object.fromEntries(
        Functions.map(({ FunctionName = '', MemorySize = 0 }) => [FunctionName, MemorySize]),
      );
    },
    mappings: async () => {
      const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
      return EventSourceMappings.map(({ UUID = '' }) => UUID);
    },
    mappingOf: async (functionName) => {
      const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
      const found = EventSourceMappings.find(({ FunctionArn }) => FunctionArn?.includes(functionName));
      if (found?.UUID === undefined) throw new Error(`No mapping invokes a function ${functionName}.`);
      return found.UUID;
    },
    setMappingEnabled: async (UUID, Enabled) => {
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    },
    deleteMapping: async (UUID) => {
      await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    },
    alarmsBy: async (dimension) => {
      const alarms: MetricAlarm[] = [];
      const pages = paginateDescribeAlarms({ client: cloudWatch }, { MaxRecords: 100 });
      for await (const { MetricAlarms = [] } of pages) alarms.push(...MetricAlarms);
      return Object.fromEntries(
        alarms.flatMap(({ AlarmName = '', Dimensions = [] }) =>
          Dimensions.filter(({ Name }) => Name === dimension).map(({ Value = '' }) => [AlarmName, Value]),
        ),
      );
    },
    deleteQueue: async (QueueUrl) => {
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    },
    deleteCluster: async (ClusterArn) => {
      await kafka.send(new DeleteClusterCommand({ ClusterArn }));
    },
    deleteStack: async (name) => {
      await cloudFormation.send(new DeleteStackCommand({ StackName: name }));
      await waitFor(async () => !(await stacks()).some((stack) => isLeft(stack, name)), {
        what: `stack ${name} to be deleted`,
        timeoutMs: DELETION_TIMEOUT_MS,
      });
    },
    close: () => {
      cloudFormation.destroy();
      lambda.destroy();
      cloudWatch.destroy();
      sqs.destroy();
      kafka.destroy();
    },
  };
}

function isLeft({ StackName, StackStatus, StackStatusReason }: Stack, name: string): boolean {
  if (StackName !== name || StackStatus === 'DELETE_COMPLETE') return false;
  if (StackStatus === 'DELETE_FAILED')
    throw new Error(`Stack ${name} cannot be deleted: ${StackStatusReason ?? 'no reason given'}`);
  return true;
}
