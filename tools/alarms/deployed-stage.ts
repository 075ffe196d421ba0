import { at, listAt, textAt } from '../../lib/guards/json-access.ts';
import type { Alarm } from '../../local/alarms/alarm.ts';
import { readAlarms, type ResolvedResource } from '../../local/alarms/read-alarms.ts';
import { recordOf, resolveReferences, type SynthesizedTemplate } from './resolve-references.ts';

/** The names under which one consumer's metrics are published. */
export interface ConsumerNames {
  /** Such as `billing`. */
  readonly service: string;
  readonly group: string;
  readonly mappingId: string;
  readonly functionName: string;
  readonly queueName: string;
  readonly topic: string;
}

/** Alarms with what they say. */
export interface DescribedAlarms {
  readonly alarms: readonly Alarm[];
  /** By alarm name. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** Why each alarm's threshold is what it is, by alarm name. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** What a replay takes from the templates of a stage: its alarms, and the names of what they watch. */
export interface DeployedStage extends DescribedAlarms {
  readonly clusterName: string;
  /** Where the functions publish. */
  readonly namespace: string;
  readonly retentionHours: number;
  readonly consumers: readonly ConsumerNames[];
}

/** @throws {Error} when the templates lack what a replay needs. */
export function readDeployedStage(templates: readonly SynthesizedTemplate[]): DeployedStage {
  const resources = resolveReferences(templates);
  const sampler = variablesOf(
    required(
      resources,
      'sampler',
      ({ type, properties }) =>
        type === 'AWS::Lambda::Function' && variablesIn(properties)['SAMPLED_GROUPS'] !== undefined,
    ),
  );
  return {
    ...describedAlarms(templates),
    clusterName:
      textAt(required(resources, 'cluster', ofType('AWS::MSK::Cluster')).properties, 'ClusterName') ?? '',
    namespace: String(sampler['POWERTOOLS_METRICS_NAMESPACE']),
    retentionHours: Number(sampler['TOPIC_RETENTION_HOURS']),
    consumers: resources
      .filter(ofType('AWS::Lambda::EventSourceMapping'))
      .map((mapping) => namesOf(mapping, resources)),
  };
}

/** Reads the alarms of templates and what they say. */
export function describedAlarms(templates: readonly SynthesizedTemplate[]): DescribedAlarms {
  const resources = resolveReferences(templates);
  return {
    alarms: readAlarms(resources),
    descriptions: descriptionsOf(resources),
    reasons: reasonsOf(templates),
  };
}

function namesOf(
  { logicalId, properties }: ResolvedResource,
  resources: readonly ResolvedResource[],
): ConsumerNames {
  const functionName = textAt(properties, 'FunctionName') ?? '';
  const variables = variablesOf(
    required(resources, `function ${functionName}`, (one) => functionName.startsWith(one.logicalId)),
  );
  const destination = textAt(properties, 'DestinationConfig', 'OnFailure', 'Destination') ?? '';
  return {
    service: String(variables['POWERTOOLS_SERVICE_NAME']),
    group: textAt(properties, 'AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId') ?? '',
    mappingId: logicalId,
    functionName,
    queueName: destination.replace(/\.Arn$/, ''),
    topic: String(listAt(properties, 'Topics')[0]),
  };
}

function descriptionsOf(resources: readonly ResolvedResource[]): DeployedStage['descriptions'] {
  return new Map(
    resources
      .filter(({ type }) => type.startsWith('AWS::CloudWatch::') && type.endsWith('Alarm'))
      .map(({ properties }) => [
        textAt(properties, 'AlarmName') ?? '',
        textAt(properties, 'AlarmDescription') ?? '',
      ]),
  );
}

function reasonsOf(templates: readonly SynthesizedTemplate[]): DeployedStage['reasons'] {
  const resources = templates.flatMap(({ template }) => Object.values(recordOf(at(template, 'Resources'))));
  return new Map(
    resources.flatMap((resource) => {
      const [name, why] = [
        textAt(resource, 'Properties', 'AlarmName'),
        textAt(resource, 'Metadata', 'WhyThisThreshold'),
      ];
      return name === undefined || why === undefined ? [] : [[name, why] as const];
    }),
  );
}

function ofType(type: string): (resource: ResolvedResource) => boolean {
  return (resource) => resource.type === type;
}

function variablesOf({ properties }: ResolvedResource): Readonly<Record<string, unknown>> {
  return variablesIn(properties);
}

function variablesIn(properties: unknown): Readonly<Record<string, unknown>> {
  const variables = at(properties, 'Environment', 'Variables');
  return typeof variables === 'object' && variables !== null ? { ...variables } : {};
}

function required(
  resources: readonly ResolvedResource[],
  what: string,
  is: (resource: ResolvedResource) => boolean,
): ResolvedResource {
  const found = resources.find(is);
  if (found === undefined) throw new Error(`The templates have no ${what}, so nothing can be replayed.`);
  return found;
}
