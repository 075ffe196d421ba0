import { at, isRecord, listAt, textAt } from '../../../../lib/guards/json-access.ts';
import { topology } from '../../../../lib/topology/topology.ts';
import type { ConsumerName } from '../../../../lib/topology/topology-types.ts';
import type { DeployedResource } from './resolve-templates.ts';

/** What a consumer has, and what it may do. */
export interface ConsumerWorld {
  readonly name: ConsumerName;
  readonly roleArn: string;
  /** The only policy of the role. */
  readonly policy: PolicyDocument;
  readonly groupArn: string;
  readonly tableArn: string;
  readonly queueArn: string;
  readonly keyArn: string;
  readonly keyPolicy: unknown;
  readonly functionArn: string;
  /** A stream of its log group. */
  readonly logStreamArn: string;
}

/** What the consumers share. */
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

export function sharedWorld(resources: readonly DeployedResource[]): SharedWorld {
  return {
    clusterArn: only(resources, 'AWS::MSK::Cluster').arn,
    topicArn: only(resources, 'AWS::MSK::Topic').arn,
    alarmTopicArn: only(resources, 'AWS::SNS::Topic').arn,
  };
}

export function consumerWorlds(resources: readonly DeployedResource[]): readonly ConsumerWorld[] {
  const { clusterArn } = sharedWorld(resources);
  return topology.consumers.map(({ name, consumerGroupId }) => {
    const own = resources.filter(
      ({ path }) => path.toLowerCase().includes(`/${name}/`) && !path.includes('operations'),
    );
    const key = only(own, 'AWS::KMS::Key');
    return {
      name,
      roleArn: only(own, 'AWS::IAM::Role').arn,
      policy: policyDocument(only(own, 'AWS::IAM::ManagedPolicy')),
      groupArn: `${clusterArn.replace(':cluster/', ':group/')}/${consumerGroupId}`,
      tableArn: only(own, 'AWS::DynamoDB::Table').arn,
      queueArn: only(own, 'AWS::SQS::Queue').arn,
      keyArn: key.arn,
      keyPolicy: at(key.properties, 'KeyPolicy'),
      functionArn: only(own, 'AWS::Lambda::Function').arn,
      logStreamArn: only(own, 'AWS::Logs::LogGroup').arn.replace(/\*$/, 'log-stream:today'),
    };
  });
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
