import type { z } from 'zod';
import type {
  EventSourceMappingSpec,
  KafkaSource,
  OnFailureDestination,
  PollerMode,
  StartingPosition,
} from './event-source-mapping-spec.ts';
import type { Result } from '../../helpers/result.ts';
import type { ConfigurationProblem } from './configuration-problem.ts';
import { mappingProperties, type MappingProperties } from './mapping-properties.ts';
import {
  DEFAULT_MAXIMUM_POLLERS,
  DEFAULT_MINIMUM_POLLERS,
  ignoredSettingsOf,
  isProvisioned,
  relationProblems,
  type MappingContext,
} from './mapping-rules.ts';
import { parseDestination } from './parse-destination.ts';

const DEFAULT_BATCH_SIZE = 100;

/**
 * The default batching window. Settings are whole seconds, so only a mapping without a setting can have it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export const DEFAULT_WINDOW_MS = 500;

/**
 * Reads the properties of an `AWS::Lambda::EventSourceMapping` with resolved intrinsic functions, or a
 * CreateEventSourceMapping request. Rejects what Lambda rejects, and reports every problem.
 */
export function parseEventSourceMapping(
  properties: unknown,
  context: MappingContext,
): Result<EventSourceMappingSpec, readonly ConfigurationProblem[]> {
  const shape = mappingProperties.safeParse(properties);
  if (!shape.success) return { ok: false, error: shape.error.issues.flatMap(toProblems) };
  const problems = relationProblems(shape.data, context);
  return problems.length > 0
    ? { ok: false, error: problems }
    : { ok: true, value: toSpec(shape.data, context) };
}

function toProblems(issue: z.core.$ZodIssue): readonly ConfigurationProblem[] {
  const property = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return [{ property, message: issue.message }];
  return issue.keys.map((key) => ({
    property: [...issue.path, key].join('.'),
    message: 'is not a property of a Kafka mapping; remove it',
  }));
}

function toSpec(properties: MappingProperties, context: MappingContext): EventSourceMappingSpec {
  return {
    functionName: properties.FunctionName,
    source: sourceOf(properties),
    topic: properties.Topics[0] ?? '',
    consumerGroupId: groupOf(properties) ?? context.mappingId,
    startingPosition: startingPositionOf(properties),
    batchSize: properties.BatchSize ?? DEFAULT_BATCH_SIZE,
    maximumBatchingWindowMs: windowMsOf(properties),
    maximumRetryAttempts: limitOf(properties.MaximumRetryAttempts),
    maximumRecordAgeSeconds: limitOf(properties.MaximumRecordAgeInSeconds),
    bisectBatchOnFunctionError: properties.BisectBatchOnFunctionError ?? false,
    reportBatchItemFailures: properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    onFailure: destinationOf(properties),
    pollers: pollersOf(properties),
    filterPatterns: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern ?? ''),
    enabled: properties.Enabled ?? true,
    metricGroups: properties.MetricsConfig?.Metrics ?? [],
    systemLogLevel: properties.LoggingConfig?.SystemLogLevel ?? null,
    ignoredSettings: ignoredSettingsOf(properties),
  };
}

function sourceOf({ EventSourceArn, SelfManagedEventSource }: MappingProperties): KafkaSource {
  if (EventSourceArn !== undefined) return { kind: 'managed', eventSourceArn: EventSourceArn };
  const endpoints = SelfManagedEventSource?.Endpoints;
  const bootstrapServers = endpoints?.KAFKA_BOOTSTRAP_SERVERS ?? endpoints?.KafkaBootstrapServers ?? [];
  return { kind: 'selfManaged', bootstrapServers };
}

function groupOf(properties: MappingProperties): string | undefined {
  const config =
    properties.AmazonManagedKafkaEventSourceConfig ?? properties.SelfManagedKafkaEventSourceConfig;
  return config?.ConsumerGroupId;
}

function startingPositionOf(properties: MappingProperties): StartingPosition {
  const { StartingPosition: kind, StartingPositionTimestamp: seconds = 0 } = properties;
  return kind === 'AT_TIMESTAMP' ? { kind, timestampMs: seconds * 1000 } : { kind };
}

function windowMsOf({ MaximumBatchingWindowInSeconds: seconds }: MappingProperties): number {
  return seconds === undefined ? DEFAULT_WINDOW_MS : seconds * 1000;
}

/** Reads a limit. Lambda writes -1 for no limit, which is the default of both limits. */
function limitOf(limit = -1): number | 'unlimited' {
  return limit === -1 ? 'unlimited' : limit;
}

function destinationOf({ DestinationConfig }: MappingProperties): OnFailureDestination | null {
  const destination = parseDestination(DestinationConfig?.OnFailure?.Destination ?? '');
  return destination.ok ? destination.value : null;
}

function pollersOf(properties: MappingProperties): PollerMode {
  if (!isProvisioned(properties)) return { kind: 'onDemand' };
  const { MinimumPollers, MaximumPollers, PollerGroupName } = properties.ProvisionedPollerConfig ?? {};
  return {
    kind: 'provisioned',
    minimumPollers: MinimumPollers ?? DEFAULT_MINIMUM_POLLERS,
    maximumPollers: MaximumPollers ?? DEFAULT_MAXIMUM_POLLERS,
    pollerGroupName: PollerGroupName === undefined || PollerGroupName === '' ? null : PollerGroupName,
  };
}
