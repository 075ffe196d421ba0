import { at, isRecord, listAt, textAt } from '../../../lib/guards/json-access.ts';
import { topology } from '../../../lib/topology/topology.ts';
import type { ConsumerSpec } from '../../../lib/topology/topology-types.ts';
import type { ConsumerName } from '../../../lib/topology/topology.ts';
import type { DeployedResource } from './resolve-templates.ts';

/** The resources and the policy of a function. */
export interface RoleWorld {
  readonly name: string;
  readonly roleArn: string;
  /** The only policy of the role. */
  readonly policy: PolicyDocument;
  readonly keyArn: string;
  readonly keyPolicy: unknown;
  readonly functionArn: string;
  /** A stream of its log group. */
  readonly logStreamArn: string;
}

/** The redrive function, and its table. */
export interface RedriveWorld extends RoleWorld {
  readonly tableArn: string;
}

/** The function that tells what a consumer would do, and the table that it reads. */
export interface RehearsalWorld extends RoleWorld {
  readonly tableArn: string;
}

export interface ConsumerWorld extends RoleWorld {
  readonly name: ConsumerName;
  readonly groupArn: string;
  readonly tableArn: string;
  readonly queueArn: string;
}

/** The shared resources of the functions. */
export interface SharedWorld {
  readonly clusterArn: string;
  readonly topicArn: string;
  readonly alarmTopicArn: string;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Effect: unknown;
  readonly Action: readonly string[];
  readonly Resource: unknown;
}

/** Finds cluster and topic. When somebody else owns them, the mappings name them. */
export function sharedWorld(resources: readonly DeployedResource[]): SharedWorld {
  const mapping = resources.find(({ type }) => type === 'AWS::Lambda::EventSourceMapping');
  const clusterArn = textAt(mapping?.properties, 'EventSourceArn') ?? '';
  const [topicName] = listAt(mapping?.properties, 'Topics');
  return {
    clusterArn,
    topicArn: `${clusterArn.replace(':cluster/', ':topic/')}/${String(topicName)}`,
    alarmTopicArn: only(resources, 'AWS::SNS::Topic').arn,
  };
}

export function consumerWorlds(resources: readonly DeployedResource[]): readonly ConsumerWorld[] {
  return topology.consumers.map((consumer) => consumerWorld(consumer, resources));
}

function consumerWorld({ name }: ConsumerSpec, resources: readonly DeployedResource[]): ConsumerWorld {
  const own = resources.filter(
    ({ path }) => path.toLowerCase().includes(`/${name}/`) && !path.includes('operations'),
  );
  const { clusterArn } = sharedWorld(resources);
  return {
    ...roleWorld(own),
    name,
    groupArn: `${clusterArn.replace(':cluster/', ':group/')}/${groupOf(only(own, 'AWS::Lambda::EventSourceMapping'))}`,
    tableArn: only(own, 'AWS::DynamoDB::Table').arn,
    queueArn: only(own, 'AWS::SQS::Queue').arn,
  };
}

function groupOf({ properties }: DeployedResource): string {
  return textAt(properties, 'AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId') ?? '';
}

/** A function that tells how the groups are doing. */
export function samplerWorld(resources: readonly DeployedResource[]): RoleWorld {
  return { ...roleWorld(resources.filter(({ path }) => path.includes('/Sampler/'))), name: 'sampler' };
}

export function producerWorld(resources: readonly DeployedResource[]): RoleWorld {
  return { ...roleWorld(resources.filter(({ path }) => path.includes('/Producer/'))), name: 'producer' };
}

export function redriveWorld(resources: readonly DeployedResource[]): RedriveWorld {
  const own = resources.filter(({ path }) => path.includes('/Redrive/') && !path.includes('/Rehearsal-'));
  return { ...roleWorld(own), name: 'redrive', tableArn: only(own, 'AWS::DynamoDB::Table').arn };
}

/** A rehearsal keeps its logs under the key of its consumer. */
export function rehearsalWorld(
  consumer: ConsumerWorld,
  resources: readonly DeployedResource[],
): RehearsalWorld {
  const own = resources.filter(({ path }) => path.includes(`/Rehearsal-${consumer.name}/`));
  const key = resources.filter(({ arn }) => arn === consumer.keyArn);
  return {
    ...roleWorld([...own, ...key]),
    name: `rehearsal of ${consumer.name}`,
    tableArn: consumer.tableArn,
  };
}

function roleWorld(own: readonly DeployedResource[]): Omit<RoleWorld, 'name'> {
  const key = only(own, 'AWS::KMS::Key');
  return {
    roleArn: only(own, 'AWS::IAM::Role').arn,
    policy: policyDocument(only(own, 'AWS::IAM::ManagedPolicy')),
    keyArn: key.arn,
    keyPolicy: at(key.properties, 'KeyPolicy'),
    functionArn: only(own, 'AWS::Lambda::Function').arn,
    logStreamArn: only(own, 'AWS::Logs::LogGroup').arn.replace(/\*$/, 'log-stream:today'),
  };
}

function policyDocument({ properties }: DeployedResource): PolicyDocument {
  return {
    Version: textAt(properties, 'PolicyDocument', 'Version') ?? '',
    Statement: listAt(properties, 'PolicyDocument', 'Statement').map(policyStatement),
  };
}

/** A statement as it is, but with its actions always in a list. */
function policyStatement(statement: unknown): PolicyStatement {
  const { Effect, Action, Resource, ...rest } = isRecord(statement) ? statement : {};
  return { ...rest, Effect, Action: [Action].flat().map(String), Resource };
}

function only(resources: readonly DeployedResource[], type: string): DeployedResource {
  const found = resources.filter((resource) => resource.type === type);
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`${found.length} resources have the type ${type}; the judge of permissions expects one.`);
  return first;
}
