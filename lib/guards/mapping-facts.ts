import { at } from './json-access.ts';
import { ABSENT, asList, asNumber, asText, factAt, knownValue, UNKNOWN, type Fact } from './fact.ts';
import { functionBehind } from './function-behind.ts';
import type { TemplateResource } from './template.ts';
import { partialText, resolveValue, UNKNOWN_PART } from './values.ts';

/** The settings of a Kafka event source mapping. */
export interface MappingFacts {
  readonly resource: TemplateResource;
  readonly topic: TopicReference;
  readonly groupId: Fact<string>;
  readonly startingPosition: Fact<string>;
  readonly batchSize: Fact<number>;
  /** Absent without a limit. */
  readonly retries: Fact<number>;
  /** Absent without a limit. */
  readonly maxAgeSeconds: Fact<number>;
  readonly pollers: Fact<{ readonly maximum: Fact<number>; readonly isEmpty: boolean }>;
  readonly metrics: Fact<readonly unknown[]>;
  readonly destination: Destination;
  /** The function, also behind an alias or a version; undefined when it is not part of the app or not known. */
  readonly function: TemplateResource | undefined;
  /** A key that mappings of the same function and the same source share; undefined when either is not known. */
  readonly identity: string | undefined;
  /** The properties that exist in provisioned mode only, as far as they are set. */
  readonly provisionedOnly: readonly string[];
}

/** The topic: by its name, by its resource, or only known at deployment. */
export type TopicReference =
  Fact<string> | { readonly kind: 'resource'; readonly resource: TemplateResource };

/**
 * The destination of discarded records. Queues and SNS topics get a pointer to the records; the others get the
 * records.
 */
export type Destination =
  | { readonly kind: 'none' }
  | { readonly kind: 'topic'; readonly name: string }
  | { readonly kind: 'content' }
  | { readonly kind: 'pointer'; readonly queue: TemplateResource | undefined }
  /** There may be one; what it is, or whether it is, is only known when it is deployed. */
  | { readonly kind: 'unknown' };

/** AWS's defaults: https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-parameters.html */
const DEFAULT_BATCH_SIZE = 100;
const DEFAULT_MAXIMUM_POLLERS = 200;

/** Reads the facts of a resource; undefined when it is not a Kafka mapping. */
export function mappingFacts(resource: TemplateResource): MappingFacts | undefined {
  if (!isKafkaMapping(resource)) return undefined;
  const destination = destinationOf(resource);
  const consumer = functionBehind(at(resource.properties, 'FunctionName'), resource.template);
  return {
    resource,
    topic: topicOf(resource),
    groupId: groupIdOf(resource),
    startingPosition: factAt(resource, ['StartingPosition'], asText),
    batchSize: orDefault(factAt(resource, ['BatchSize'], asNumber), DEFAULT_BATCH_SIZE),
    retries: limit(factAt(resource, ['MaximumRetryAttempts'], asNumber)),
    maxAgeSeconds: limit(factAt(resource, ['MaximumRecordAgeInSeconds'], asNumber)),
    pollers: pollersOf(resource),
    metrics: factAt(resource, ['MetricsConfig', 'Metrics'], asList),
    destination,
    function: consumer,
    identity: identityOf(resource, consumer),
    provisionedOnly: provisionedOnly(resource, destination),
  };
}

function isKafkaMapping({ type, properties }: TemplateResource): boolean {
  if (type !== 'AWS::Lambda::EventSourceMapping') return false;
  return at(properties, 'Topics') !== undefined || at(properties, 'SelfManagedEventSource') !== undefined;
}

/** -1 means without limit, as does leaving it out. */
const limit = (fact: Fact<number>): Fact<number> => (knownValue(fact) === -1 ? ABSENT : fact);

const orDefault = <T>(fact: Fact<T>, value: T): Fact<T> =>
  fact.kind === 'absent' ? { kind: 'known', value } : fact;

function topicOf({ properties, template }: TemplateResource): TopicReference {
  const topics = resolveValue(at(properties, 'Topics'), template);
  if (topics.kind !== 'known' || !Array.isArray(topics.value)) return UNKNOWN;
  const topic = resolveValue(topics.value[0], template);
  if (topic.kind === 'resource') return topic.resource.type === 'AWS::MSK::Topic' ? topic : UNKNOWN;
  return topic.kind === 'known' && typeof topic.value === 'string'
    ? { kind: 'known', value: topic.value }
    : UNKNOWN;
}

function groupIdOf(resource: TemplateResource): Fact<string> {
  const managed = factAt(resource, ['AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId'], asText);
  return managed.kind === 'absent'
    ? factAt(resource, ['SelfManagedKafkaEventSourceConfig', 'ConsumerGroupId'], asText)
    : managed;
}

function pollersOf(resource: TemplateResource): MappingFacts['pollers'] {
  const config = factAt(resource, ['ProvisionedPollerConfig'], (value) =>
    typeof value === 'object' && value !== null ? value : undefined,
  );
  if (config.kind !== 'known') return config;
  const maximum = factAt(resource, ['ProvisionedPollerConfig', 'MaximumPollers'], asNumber);
  const isEmpty = Object.keys(config.value).length === 0;
  return { kind: 'known', value: { maximum: orDefault(maximum, DEFAULT_MAXIMUM_POLLERS), isEmpty } };
}

function destinationOf({ properties, template }: TemplateResource): Destination {
  const config = resolveValue(at(properties, 'DestinationConfig'), template);
  const onFailure = config.kind === 'known' ? resolveValue(at(config.value, 'OnFailure'), template) : config;
  if (onFailure.kind === 'absent') return { kind: 'none' };
  if (onFailure.kind !== 'known') return { kind: 'unknown' };
  const written = at(onFailure.value, 'Destination');
  const value = resolveValue(written, template);
  if (value.kind === 'absent' || (value.kind === 'known' && value.value === '')) return { kind: 'none' };
  if (value.kind === 'resource') return destinationThatIs(value.resource);
  const text = partialText(written, template);
  return text === undefined ? { kind: 'unknown' } : destinationNamed(text);
}

function destinationThatIs(resource: TemplateResource): Destination {
  if (resource.type === 'AWS::S3::Bucket') return { kind: 'content' };
  return ['AWS::SQS::Queue', 'AWS::SNS::Topic'].includes(resource.type)
    ? { kind: 'pointer', queue: resource }
    : { kind: 'unknown' };
}

/** An ARN's third part is the service, however much of the rest is known. */
function destinationNamed(name: string): Destination {
  if (name.startsWith('kafka://')) return { kind: 'topic', name: name.slice('kafka://'.length) };
  const [, , service] = name.split(':');
  if (service === 's3') return { kind: 'content' };
  return service === 'sqs' || service === 'sns' ? { kind: 'pointer', queue: undefined } : { kind: 'unknown' };
}

function identityOf(
  { properties, template }: TemplateResource,
  consumer: TemplateResource | undefined,
): string | undefined {
  const reader = consumer === undefined ? textOf(at(properties, 'FunctionName')) : placeOf(consumer);
  const arn = resolveValue(at(properties, 'EventSourceArn'), template);
  const source =
    arn.kind === 'resource'
      ? placeOf(arn.resource)
      : textOf(at(properties, 'EventSourceArn') ?? at(properties, 'SelfManagedEventSource', 'Endpoints'));
  return reader === undefined || source === undefined ? undefined : `${reader} ${source}`;

  function textOf(value: unknown): string | undefined {
    const text = partialText(value, template) ?? JSON.stringify(value);
    return text === undefined || text.includes(UNKNOWN_PART) || text.includes('{') ? undefined : text;
  }
}

const placeOf = ({ template, logicalId }: TemplateResource): string => `${template.path}#${logicalId}`;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
function provisionedOnly(resource: TemplateResource, destination: Destination): readonly string[] {
  const { properties, template } = resource;
  const isSet = (property: string): boolean =>
    resolveValue(at(properties, property), template).kind !== 'absent';
  const limits = ['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds'];
  const bisects = factAt(resource, ['BisectBatchOnFunctionError'], (value) => value);
  const responseTypes = factAt(resource, ['FunctionResponseTypes'], asList);
  return [
    ...limits.filter((property) => limit(factAt(resource, [property], asNumber)).kind !== 'absent'),
    ...(String(knownValue(bisects)) === 'true' ? ['BisectBatchOnFunctionError'] : []),
    ...((knownValue(responseTypes) ?? []).length === 0 ? [] : ['FunctionResponseTypes']),
    ...(isSet('LoggingConfig') ? ['LoggingConfig'] : []),
    ...(destination.kind === 'topic' ? ['DestinationConfig'] : []),
  ];
}
