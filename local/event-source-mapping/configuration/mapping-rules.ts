import type { EmulatorOptions } from './emulator-options.ts';
import { parseFilterPattern } from '../filter/parse-filter-pattern.ts';
import { show, type ConfigurationProblem } from './configuration-problem.ts';
import type { MappingProperties } from './mapping-properties.ts';
import { parseDestination } from './parse-destination.ts';

/** The facts against which the properties are checked. */
export interface MappingContext {
  /** The mapping's UUID, which is its consumer group when it does not name one. */
  readonly mappingId: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The function's timeout, if known. */
  readonly functionTimeoutSeconds?: number;
  readonly options: EmulatorOptions;
}

type Rule = (properties: MappingProperties, context: MappingContext) => readonly ConfigurationProblem[];

/** Checks the rules between properties, after each property is valid by itself. */
export function relationProblems(
  properties: MappingProperties,
  context: MappingContext,
): readonly ConfigurationProblem[] {
  return RULES.flatMap((rule) => rule(properties, context));
}

const RULES: readonly Rule[] = [
  hasOneSource,
  namesGroupForItsSource,
  startsInThePast,
  hasOrderedPollers,
  usesErrorControlsOnlyProvisioned,
  hasUsableDestination,
  hasUsableFilters,
  leavesTimeToTheFunction,
  asksForEmulatedSettings,
];

const NO_PROBLEMS: readonly ConfigurationProblem[] = [];

function problem(property: string, message: string): readonly ConfigurationProblem[] {
  return [{ property, message }];
}

function hasOneSource({ EventSourceArn, SelfManagedEventSource }: MappingProperties) {
  const servers = SelfManagedEventSource?.Endpoints;
  const selfManaged = servers?.KAFKA_BOOTSTRAP_SERVERS ?? servers?.KafkaBootstrapServers;
  if ((EventSourceArn === undefined) !== (selfManaged === undefined)) return NO_PROBLEMS;
  return problem(
    'EventSourceArn',
    `and SelfManagedEventSource.Endpoints.KAFKA_BOOTSTRAP_SERVERS are ${EventSourceArn === undefined ? 'both missing' : 'both given'}; give exactly one of them`,
  );
}

function namesGroupForItsSource(properties: MappingProperties) {
  const other =
    properties.EventSourceArn === undefined
      ? 'AmazonManagedKafkaEventSourceConfig'
      : 'SelfManagedKafkaEventSourceConfig';
  if (properties[other] === undefined) return NO_PROBLEMS;
  return problem(
    other,
    'belongs to the other kind of source; move its settings to the property for this source',
  );
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-starting-positions.html */
function startsInThePast(
  { StartingPosition, StartingPositionTimestamp: seconds }: MappingProperties,
  { now }: MappingContext,
) {
  if (StartingPosition !== 'AT_TIMESTAMP') return NO_PROBLEMS;
  if (seconds !== undefined && seconds * 1000 <= now) return NO_PROBLEMS;
  return problem(
    'StartingPositionTimestamp',
    `is ${show(seconds)}; AT_TIMESTAMP needs seconds since the epoch that are not in the future (now ${Math.floor(now / 1000)})`,
  );
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
function hasOrderedPollers({ ProvisionedPollerConfig: pollers }: MappingProperties) {
  const minimum = pollers?.MinimumPollers ?? DEFAULT_MINIMUM_POLLERS;
  const maximum = pollers?.MaximumPollers ?? DEFAULT_MAXIMUM_POLLERS;
  if (minimum <= maximum) return NO_PROBLEMS;
  return problem(
    'ProvisionedPollerConfig.MinimumPollers',
    `is ${minimum}; allowed: at most MaximumPollers, which is ${maximum}`,
  );
}

/** The default number of pollers of a provisioned mapping. */
export const DEFAULT_MINIMUM_POLLERS = 1;
export const DEFAULT_MAXIMUM_POLLERS = 200;

/** Returns whether a mapping runs in provisioned mode. An empty configuration turns it off. */
export function isProvisioned({ ProvisionedPollerConfig: pollers }: MappingProperties): boolean {
  return pollers !== undefined && Object.values(pollers).some((value) => value !== undefined);
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html */
function usesErrorControlsOnlyProvisioned(properties: MappingProperties) {
  if (isProvisioned(properties)) return NO_PROBLEMS;
  return errorControlsOf(properties).flatMap(([property, value]) =>
    problem(
      property,
      `is ${show(value)}, which works in provisioned mode only; set ProvisionedPollerConfig or remove it`,
    ),
  );
}

/** Lists the settings of provisioned mode that are not at their defaults. */
function errorControlsOf(properties: MappingProperties): (readonly [string, unknown])[] {
  const destination = properties.DestinationConfig?.OnFailure?.Destination;
  const controls = [
    ['MaximumRetryAttempts', properties.MaximumRetryAttempts, -1],
    ['MaximumRecordAgeInSeconds', properties.MaximumRecordAgeInSeconds, -1],
    ['BisectBatchOnFunctionError', properties.BisectBatchOnFunctionError, false],
    ['FunctionResponseTypes', properties.FunctionResponseTypes?.join(), ''],
    ['LoggingConfig.SystemLogLevel', properties.LoggingConfig?.SystemLogLevel, undefined],
    [DESTINATION, destination?.startsWith('kafka://') === true ? destination : undefined, undefined],
  ] as const;
  return controls.flatMap(([name, value, unset]) =>
    value === undefined || value === unset ? [] : [[name, value] as const],
  );
}

const DESTINATION = 'DestinationConfig.OnFailure.Destination';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html */
function hasUsableDestination({ DestinationConfig, Topics }: MappingProperties) {
  const destination = parseDestination(DestinationConfig?.OnFailure?.Destination ?? '');
  if (!destination.ok) return problem(DESTINATION, destination.error);
  if (destination.value?.kind !== 'kafka' || !Topics.includes(destination.value.topic)) return NO_PROBLEMS;
  return problem(
    DESTINATION,
    `is "kafka://${destination.value.topic}", the topic the mapping reads; allowed: another topic of the cluster`,
  );
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
function hasUsableFilters({ FilterCriteria }: MappingProperties, { options }: MappingContext) {
  const filters = FilterCriteria?.Filters ?? [];
  const tooMany =
    filters.length > options.maximumFilters
      ? problem(
          'FilterCriteria.Filters',
          `has ${filters.length} entries; allowed: 0 to ${options.maximumFilters}; join some with $or, or set maximumFilters as high as your quota`,
        )
      : NO_PROBLEMS;
  const unusable = filters.flatMap(({ Pattern }, index) => {
    const pattern = parseFilterPattern(Pattern ?? '');
    return pattern.ok ? NO_PROBLEMS : problem(`FilterCriteria.Filters[${index}].Pattern`, pattern.error);
  });
  return [...tooMany, ...unusable];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-configure.html */
const MAXIMUM_FUNCTION_TIMEOUT_SECONDS = 840;

function leavesTimeToTheFunction(_: MappingProperties, { functionTimeoutSeconds = 0 }: MappingContext) {
  if (functionTimeoutSeconds <= MAXIMUM_FUNCTION_TIMEOUT_SECONDS) return NO_PROBLEMS;
  return problem(
    'FunctionName',
    `names a function with a timeout of ${functionTimeoutSeconds} s; allowed with Kafka: at most ${MAXIMUM_FUNCTION_TIMEOUT_SECONDS} s (14 minutes); lower the function's timeout`,
  );
}

/** Lists the given settings that Lambda accepts and the emulator ignores. */
export function ignoredSettingsOf(properties: MappingProperties): readonly string[] {
  const configs = ['AmazonManagedKafkaEventSourceConfig', 'SelfManagedKafkaEventSourceConfig'] as const;
  return configs
    .filter((name) => properties[name]?.SchemaRegistryConfig !== undefined)
    .map((name) => `${name}.SchemaRegistryConfig`);
}

function asksForEmulatedSettings(properties: MappingProperties, { options }: MappingContext) {
  if (options.unsupportedSettings === 'warn') return NO_PROBLEMS;
  return ignoredSettingsOf(properties).flatMap((name) =>
    problem(name, 'is not emulated; remove it, or set unsupportedSettings to "warn" to run without it'),
  );
}
