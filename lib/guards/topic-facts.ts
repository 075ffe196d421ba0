import { asNumber, asText, factAt, knownValue } from './fact.ts';
import { at, isRecord, numberAt, textAt } from './json-access.ts';
import type { TopicReference } from './mapping-facts.ts';
import type { TemplateResource } from './template.ts';
import { resolveValue } from './values.ts';

/**
 * The settings of a topic, including its cluster's defaults if the cluster is part of the app; undefined when a value
 * is not known.
 */
export interface TopicFacts {
  readonly resource: TemplateResource;
  readonly name: string | undefined;
  readonly partitions: number | undefined;
  readonly replication: number | undefined;
  readonly retentionHours: number | undefined;
  readonly minInSync: number | undefined;
  /** Brokers of the cluster. */
  readonly brokers: number | undefined;
}

/** Reads the facts of a resource; undefined when it is not an MSK topic. */
export function topicFacts(resource: TemplateResource): TopicFacts | undefined {
  if (resource.type !== 'AWS::MSK::Topic') return undefined;
  const cluster = referenced(resource, 'ClusterArn');
  const configuration = cluster && referenced(cluster, 'ConfigurationInfo', 'Arn');
  const ofCluster = propertiesIn(textAt(configuration?.properties, 'ServerProperties') ?? '');
  const ofTopic = settingsIn(decoded(textAt(resource.properties, 'Configs') ?? ''));
  return {
    resource,
    name: knownValue(factAt(resource, ['TopicName'], asText)),
    partitions: knownValue(factAt(resource, ['PartitionCount'], asNumber)),
    replication: knownValue(factAt(resource, ['ReplicationFactor'], asNumber)),
    retentionHours: retentionHours(ofTopic, ofCluster),
    minInSync: numberAt({ ...ofCluster, ...ofTopic }, 'min.insync.replicas'),
    brokers: numberAt(cluster?.properties, 'NumberOfBrokerNodes'),
  };
}

/** Reads the facts of the topic that a mapping reads; undefined when the app does not create it, or it is not known. */
export const topicReadBy = (topic: TopicReference, topics: readonly TopicFacts[]): TopicFacts | undefined =>
  topics.find(({ resource, name }) =>
    topic.kind === 'resource' ? resource === topic.resource : topic.kind === 'known' && name === topic.value,
  );

function referenced(
  { properties, template }: TemplateResource,
  ...path: readonly string[]
): TemplateResource | undefined {
  const value = resolveValue(at(properties, ...path), template);
  return value.kind === 'resource' ? value.resource : undefined;
}

/** -1 keeps records for ever. */
function retentionHours(ofTopic: unknown, ofCluster: unknown): number | undefined {
  const milliseconds = numberAt(ofTopic, 'retention.ms') ?? numberAt(ofCluster, 'log.retention.ms');
  const hours =
    milliseconds === undefined ? numberAt(ofCluster, 'log.retention.hours') : milliseconds / 3_600_000;
  return hours !== undefined && hours < 0 ? Number.POSITIVE_INFINITY : hours;
}

/** Decodes text from base64; undefined when it is invalid, which CloudFormation itself rejects. */
function decoded(base64: string): string {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0 ? atob(base64) : '';
}

/** The settings of a topic: a JSON object, as MSK takes it, or properties text, as its guide shows it. */
function settingsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const settings: unknown = JSON.parse(text);
    return isRecord(settings) ? settings : {};
  } catch {
    return propertiesIn(text);
  }
}

/** Kafka properties text as an object. */
function propertiesIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text
      .split('\n')
      .map((line) => line.split('='))
      .flatMap(([key, ...value]) =>
        key === undefined || value.length === 0 ? [] : [[key.trim(), value.join('=').trim()]],
      ),
  );
}
