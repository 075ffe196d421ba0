import { at, listAt, numberAt, textAt } from './json-access.ts';
import { referenced } from './template.ts';
import type { TemplateResource } from './template.ts';

/** What a Kafka event source mapping is set to; undefined where nothing is set, or only known when it is deployed. */
export interface MappingFacts {
  readonly resource: TemplateResource;
  readonly topic: string | undefined;
  readonly groupId: string | undefined;
  readonly startingPosition: string | undefined;
  readonly batchSize: number;
  readonly retries: number | undefined;
  readonly maxAgeSeconds: number | undefined;
  readonly pollers: { readonly maximum: number } | undefined;
  readonly metrics: readonly unknown[];
  readonly destination: Destination;
  readonly function: TemplateResource | undefined;
  /** The properties that exist in provisioned mode only, as far as they are set. */
  readonly provisionedOnly: readonly string[];
}

/** Where Lambda sends what it gives up. Queues and SNS topics get a pointer to the records, the others the records. */
export type Destination =
  | { readonly kind: 'none' }
  | { readonly kind: 'topic'; readonly name: string }
  | { readonly kind: 'content' }
  | { readonly kind: 'pointer'; readonly queue: TemplateResource | undefined };

/** AWS's defaults: https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-parameters.html */
const defaultBatchSize = 100;
const defaultMaximumPollers = 200;

/** The facts of a resource, or undefined when it is no Kafka mapping. */
export function mappingFacts(resource: TemplateResource): MappingFacts | undefined {
  const { properties, template } = resource;
  if (resource.type !== 'AWS::Lambda::EventSourceMapping' || listAt(properties, 'Topics').length === 0) {
    return undefined;
  }
  const [topic] = listAt(properties, 'Topics');
  const destination = destinationOf(resource);
  return {
    resource,
    topic: typeof topic === 'string' ? topic : undefined,
    groupId: groupIdOf(properties),
    startingPosition: textAt(properties, 'StartingPosition'),
    batchSize: numberAt(properties, 'BatchSize') ?? defaultBatchSize,
    retries: limit(numberAt(properties, 'MaximumRetryAttempts')),
    maxAgeSeconds: limit(numberAt(properties, 'MaximumRecordAgeInSeconds')),
    pollers: pollersOf(properties),
    metrics: listAt(properties, 'MetricsConfig', 'Metrics'),
    destination,
    function: referenced(template, at(properties, 'FunctionName')),
    provisionedOnly: provisionedOnly(properties, destination),
  };
}

/** -1 means without limit, as does leaving it out. */
function limit(value: number | undefined): number | undefined {
  return value === -1 ? undefined : value;
}

function groupIdOf(properties: unknown): string | undefined {
  return (
    textAt(properties, 'AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId') ??
    textAt(properties, 'SelfManagedKafkaEventSourceConfig', 'ConsumerGroupId')
  );
}

function pollersOf(properties: unknown): MappingFacts['pollers'] {
  return at(properties, 'ProvisionedPollerConfig') === undefined
    ? undefined
    : { maximum: numberAt(properties, 'ProvisionedPollerConfig', 'MaximumPollers') ?? defaultMaximumPollers };
}

function destinationOf({ properties, template }: TemplateResource): Destination {
  const value = at(properties, 'DestinationConfig', 'OnFailure', 'Destination');
  if (value === undefined || value === '') return { kind: 'none' };
  if (typeof value === 'string') return destinationNamed(value);
  const resource = referenced(template, value);
  return resource?.type === 'AWS::S3::Bucket' ? { kind: 'content' } : { kind: 'pointer', queue: resource };
}

function destinationNamed(name: string): Destination {
  if (name.startsWith('kafka://')) return { kind: 'topic', name: name.slice('kafka://'.length) };
  return name.split(':')[2] === 's3' ? { kind: 'content' } : { kind: 'pointer', queue: undefined };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
function provisionedOnly(properties: unknown, destination: Destination): readonly string[] {
  return [
    ...(limit(numberAt(properties, 'MaximumRetryAttempts')) === undefined ? [] : ['MaximumRetryAttempts']),
    ...(limit(numberAt(properties, 'MaximumRecordAgeInSeconds')) === undefined
      ? []
      : ['MaximumRecordAgeInSeconds']),
    ...(at(properties, 'BisectBatchOnFunctionError') === true ? ['BisectBatchOnFunctionError'] : []),
    ...(listAt(properties, 'FunctionResponseTypes').length === 0 ? [] : ['FunctionResponseTypes']),
    ...(at(properties, 'LoggingConfig') === undefined ? [] : ['LoggingConfig']),
    ...(destination.kind === 'topic' ? ['DestinationConfig'] : []),
  ];
}
