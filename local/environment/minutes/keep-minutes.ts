import { SQSClient } from '@aws-sdk/client-sqs';
import { createGroupReader, kafkaClient, openTimeLeftReader } from '@order-events/kafka-tools';
import type { MetricName } from '../../alarms/alarm.ts';
import { alarmEndpoint } from '../../alarms/live/alarm-endpoint.ts';
import { createAlarmWatch } from '../../alarms/live/alarm-watch.ts';
import { awsClientSettings } from '../../deployment/endpoint/aws-client-settings.ts';
import type { DeployedApp } from '../../deployment/discovery/deployed-app.ts';
import type { Substitution } from '../../deployment/substitution/plan-substitutions.ts';
import type { EventSourceMappings } from '../../event-source-mapping/supervisor/event-source-mappings.ts';
import type { EndedInvocation } from '../../lambda/lambda-host.ts';
import { createCloudWatchSink } from '../../metrics/cloudwatch.ts';
import { clusterMetrics } from '../../metrics/cluster-metrics.ts';
import { embeddedMetrics } from '../../metrics/embedded-metrics.ts';
import { functionMetrics } from '../../metrics/function-metrics.ts';
import type { Metric } from '../../metrics/metric.ts';
import type { MetricClock } from '../../metrics/metric-clock.ts';
import { createMetricPublisher } from '../../metrics/publish-metrics.ts';
import { createTimeLeftPublisher } from '../../metrics/publish-times-left.ts';
import { queueMetrics } from '../../metrics/queue-metrics.ts';
import { readQueues } from '../../metrics/read-queues.ts';
import { MetricBuffer } from './metric-buffer.ts';
import { runMinutes } from './minute-loop.ts';
import { deploymentMetrics } from './deployment-metrics.ts';
import { dueIn, readSchedules, scheduleInvoker, type Schedule } from './schedules.ts';

/** What functions do that becomes a metric. It is there before the functions are. */
export interface FunctionWatch {
  /** Takes a line of a function's log. */
  readonly line: (text: string) => void;
  readonly ended: (functionName: string, ended: EndedInvocation) => void;
  readonly buffer: MetricBuffer;
}

export function watchFunctions(clock: MetricClock): FunctionWatch {
  const buffer = new MetricBuffer(() => clock.now());
  return {
    line: (text) => {
      buffer.add(embeddedMetrics(text));
    },
    ended: (functionName, ended) => {
      buffer.add(functionMetrics(functionName, ended));
    },
    buffer,
  };
}

export interface MinutesOptions {
  /** Comma-joined. */
  readonly bootstrapServers: string;
  readonly awsEndpoint: string;
  /** Lambda's Invoke API, for functions on a schedule. */
  readonly lambdaEndpoint: string;
  readonly clock: MetricClock;
  readonly functions: FunctionWatch;
  readonly log: (line: string) => void;
}

/** The minutes of metrics and alarms, which run until they are stopped. */
export interface Minutes {
  /** Which alarms nobody judges here, and why. */
  readonly notes: readonly Substitution[];
  /** The metrics of the alarms that are evaluated. */
  readonly watchedMetrics: readonly MetricName[];
  /** Publishes all metrics now, in addition to every minute. */
  readonly publishMetrics: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Publishes metrics every minute, invokes the functions that are on a schedule, and judges the alarms of the app on what all of them
 * have published.
 */
export function keepMinutes(
  app: DeployedApp,
  mappings: EventSourceMappings,
  options: MinutesOptions,
): Minutes {
  const { awsEndpoint, lambdaEndpoint, clock, functions, log } = options;
  const settings = awsClientSettings(awsEndpoint, app.region);
  const store = createCloudWatchSink(settings);
  const sources = metricSources(mappings, settings, {
    ...options,
    expressClusters: app.expressClusters,
    put: (metrics) => store(metrics.map((metric) => ({ ...metric, at: clock.now() }))),
  });
  const invoke = scheduleInvoker({ ...settings, endpoint: lambdaEndpoint });
  const schedules = readSchedules(app.rules, new Set(app.functions.map((one) => one.functionName)));
  const endpoint = alarmEndpoint(settings);
  const alarms = createAlarmWatch(app.alarms, endpoint);
  const failed = (error: unknown): void => {
    log(`WARN metrics and alarms: ${String(error)}`);
  };

  functions.buffer.add(deploymentMetrics(app.rules));
  const publish = oneAtATime(async (due: readonly Schedule[]): Promise<void> => {
    await allOf([...sources.publishers.map((source) => source()), ...due.map(invoke)]);
  });
  const flush = (): Promise<void> => store(functions.buffer.take());
  const stopMinutes = runMinutes(
    clock,
    {
      publish: (minute) => publish(dueIn(minute, schedules)),
      judge: async (now) => {
        await flush();
        await alarms.evaluate(now);
      },
    },
    failed,
  );
  return {
    notes: refusalsOf(app, alarms.refused),
    watchedMetrics: alarms.alarms.flatMap((alarm) =>
      alarm.kind === 'metric'
        ? alarm.queries.flatMap((query) => (query.kind === 'metric' ? [query.metric] : []))
        : [],
    ),
    publishMetrics: async () => {
      await publish(schedules);
      await flush();
    },
    stop: async () => {
      await stopMinutes();
      endpoint.close();
      await sources.close();
    },
  };
}

interface Sources {
  readonly publishers: readonly (() => Promise<void>)[];
  readonly close: () => Promise<void>;
}

interface SourceOptions extends Pick<MinutesOptions, 'bootstrapServers'> {
  readonly put: (metrics: readonly Metric[]) => Promise<void>;
  readonly expressClusters: ReadonlySet<string>;
}

function metricSources(
  mappings: EventSourceMappings,
  settings: ReturnType<typeof awsClientSettings>,
  { bootstrapServers, put, expressClusters }: SourceOptions,
): Sources {
  const addresses = bootstrapServers.split(',');
  const kafka = kafkaClient({ clientId: 'metrics', brokers: addresses });
  const brokers = createGroupReader(kafka);
  const timesLeft = openTimeLeftReader(kafka, { brokers: addresses });
  const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  const ports = { brokers, put, now: Date.now };
  return {
    publishers: [
      createMetricPublisher(mappings, { ...ports, expressClusters }),
      createTimeLeftPublisher(mappings, { ...ports, timesLeft }),
      async () => put((await readQueues(sqs, Date.now())).flatMap(queueMetrics)),
      async () => put(await clusterMetrics(kafka, clusterNamesOf(mappings))),
    ],
    close: async () => {
      sqs.destroy();
      await Promise.all([brokers.close(), timesLeft.close()]);
    },
  };
}

/** Self-managed Kafka has no metrics of Amazon MSK. */
function clusterNamesOf(mappings: EventSourceMappings): ReadonlySet<string> {
  return new Set(
    mappings
      .list()
      .flatMap(({ spec: { source } }) =>
        source.kind === 'selfManaged' ? [] : [source.eventSourceArn.split('/')[1] ?? ''],
      ),
  );
}

/** Each waits for the one before: a function that is invoked twice at a time would remember half of what it saw. */
function oneAtATime<T>(work: (argument: T) => Promise<void>): (argument: T) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (argument) => {
    const done = last.then(() => work(argument));
    last = done.catch(() => undefined);
    return done;
  };
}

/** @throws {AggregateError} of all that failed, when everything is done. */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  const failures = (await Promise.allSettled(work)).flatMap((result): unknown[] =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
}

function refusalsOf(
  { alarms }: DeployedApp,
  refused: readonly { readonly logicalId: string; readonly reason: string }[],
): readonly Substitution[] {
  return refused.map(({ logicalId, reason }) => ({
    stackName: alarms.find((alarm) => alarm.logicalId === logicalId)?.stackName ?? '',
    logicalId,
    type: 'AWS::CloudWatch::Alarm',
    action: 'left out',
    reason: `nobody decides its state here: ${reason}`,
  }));
}
