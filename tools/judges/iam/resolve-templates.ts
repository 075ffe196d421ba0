import { at, isRecord, listAt, textAt } from '../../../lib/guards/json-access.ts';
import { recordAt, resourcesOf } from '../template-resources.ts';
import type { SynthesizedResource } from '../template-resources.ts';

/** The account of the simulations. */
export const account = '123456789012';
export const region = 'us-east-1';

/** A resource with the property values that a deployment would give it. */
export type DeployedResource = Pick<SynthesizedResource, 'type' | 'path' | 'properties'> & {
  readonly arn: string;
};

const uuid = '00000000-0000-0000-0000-000000000000-1';

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::URLSuffix': 'amazonaws.com',
};

export interface NamedTemplate {
  readonly stackName: string;
  readonly template: unknown;
}

/**
 * Resolves the resources of templates that are deployed together. References inside and between them become made-up
 * but well-formed ARNs.
 */
export function deployed(templates: readonly NamedTemplate[]): readonly DeployedResource[] {
  const exported = new Map(templates.flatMap(outputsOf));
  return templates.flatMap(({ template }) => {
    const resolved = (value: unknown): unknown => resolve(value, template, exported);
    return resourcesOf(template).map((resource) => ({
      type: resource.type,
      path: resource.path,
      properties: recordAt({ properties: resolved(resource.properties) }, 'properties'),
      arn: arnOf(resource, resolved),
    }));
  });
}

type Exported = ReadonlyMap<string, { readonly value: unknown; readonly template: unknown }>;

/** Collects outputs by export name, and by stack and name. */
function outputsOf({
  stackName,
  template,
}: NamedTemplate): [string, { value: unknown; template: unknown }][] {
  return Object.entries(recordAt(template, 'Outputs')).flatMap(([outputName, output]) => {
    const names = new Set([`${stackName}:${outputName}`, textAt(output, 'Export', 'Name')]);
    return [...names].flatMap((name): [string, { value: unknown; template: unknown }][] =>
      name === undefined ? [] : [[name, { value: at(output, 'Value'), template }]],
    );
  });
}

/** Resolves the intrinsic functions of a value. Those that no policy needs stay unchanged. */
function resolve(value: unknown, template: unknown, exported: Exported): unknown {
  const inner = (part: unknown): unknown => resolve(part, template, exported);
  if (Array.isArray(value)) return value.map(inner);
  if (!isRecord(value)) return value;
  const [[key, argument] = ['', undefined], ...more] = Object.entries(value);
  if (more.length > 0) return resolvedEntries(value, inner);
  const [first, second] = listOf(argument).map(inner);
  switch (key) {
    case 'Ref':
      return pseudoParameters[String(argument)] ?? String(argument);
    case 'Fn::GetAtt':
      return attribute(listOf(argument), template, inner);
    case 'Fn::Join':
      return listOf(second).join(String(first));
    case 'Fn::Split':
      return String(second).split(String(first));
    case 'Fn::Select':
      return listOf(second)[Number(first)];
    case 'Fn::ImportValue':
      return outputValue(String(inner(argument)), exported) ?? value;
    case 'Fn::GetStackOutput': {
      const name = `${textAt(argument, 'StackName')}:${textAt(argument, 'OutputName')}`;
      return outputValue(name, exported) ?? value;
    }
    default:
      return resolvedEntries(value, inner);
  }
}

function outputValue(name: string, exported: Exported): unknown {
  const found = exported.get(name);
  return found === undefined ? undefined : resolve(found.value, found.template, exported);
}

const listOf = (value: unknown): readonly unknown[] => listAt({ value }, 'value');

function resolvedEntries(
  value: Readonly<Record<string, unknown>>,
  inner: (part: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inner(part)]));
}

/** An ARN, or a name that says which attribute of which resource it stands for. */
function attribute(
  [logicalId, name]: readonly unknown[],
  template: unknown,
  inner: (part: unknown) => unknown,
): string {
  const resource = resourcesOf(template).find((candidate) => candidate.logicalId === logicalId);
  const isArn = name === 'Arn' || name === 'TopicArn';
  return resource !== undefined && isArn ? arnOf(resource, inner) : `${String(logicalId)}.${String(name)}`;
}

type ArnMaker = (name: string, property: (key: string) => string) => string;

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** The ARN formats of the types that policies name. */
const arnMakers: Readonly<Record<string, ArnMaker>> = {
  'AWS::DynamoDB::Table': (name) => arn('dynamodb', `table/${name}`),
  'AWS::IAM::Role': (name) => `arn:aws:iam::${account}:role/${name}`,
  'AWS::KMS::Key': (name) => arn('kms', `key/${name}`),
  'AWS::Lambda::Function': (name) => arn('lambda', `function:${name}`),
  'AWS::Logs::LogGroup': (name) => arn('logs', `log-group:${name}:*`),
  'AWS::MSK::Cluster': (_name, property) => arn('kafka', `cluster/${property('ClusterName')}/${uuid}`),
  'AWS::MSK::Topic': (_name, property) =>
    `${property('ClusterArn').replace(':cluster/', ':topic/')}/${property('TopicName')}`,
  'AWS::SNS::Topic': (name) => arn('sns', name),
  'AWS::SQS::Queue': (name, property) =>
    arn('sqs', property('QueueName') === '' ? name : property('QueueName')),
};

function arnOf(
  { type, logicalId, properties }: SynthesizedResource,
  inner: (part: unknown) => unknown,
): string {
  const make = arnMakers[type];
  const property = (key: string): string => textAt({ value: inner(at(properties, key)) }, 'value') ?? '';
  return make === undefined ? `${type} ${logicalId}` : make(logicalId, property);
}
