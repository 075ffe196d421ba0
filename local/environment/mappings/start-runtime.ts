import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DeployedApp } from '../../deployment/discovery/deployed-app.ts';
import type { Substitution } from '../../deployment/substitution/plan-substitutions.ts';
import {
  emulatorOptions,
  type EmulatorOptions,
} from '../../event-source-mapping/configuration/emulator-options.ts';
import type { EventSourceMappingSpec } from '../../event-source-mapping/configuration/event-source-mapping-spec.ts';
import {
  createEventSourceMappings,
  type EventSourceMappings,
} from '../../event-source-mapping/supervisor/event-source-mappings.ts';
import { createEndpointFollower } from '../../event-source-mapping/supervisor/follow-endpoint.ts';
import { isStable } from '../../event-source-mapping/supervisor/lifecycle.ts';
import type {
  CallObserver,
  MappingSupervisor,
} from '../../event-source-mapping/supervisor/mapping-supervisor.ts';
import { createSystemLog } from '../../event-source-mapping/system-log/write-system-log.ts';
import { repeat } from '../../helpers/repeat.ts';
import { startMapping } from '../../event-source-mapping/supervisor/start-mapping.ts';
import type { FunctionConfiguration } from '../../lambda/function-configuration.ts';
import { Disturbances, unreachableVariables, type Disturbance } from '../../lambda/disturbance.ts';
import { startLambdaHost } from '../../lambda/lambda-host.ts';
import { endpointMemory } from '../../deployment/endpoint/endpoint-memory.ts';
import { CallLog } from './call-log.ts';
import { acceptMappings } from './accept-mappings.ts';
import { createMappingList } from './list-mappings.ts';
import { openLogs, type Logs } from './logs.ts';
import type { CallsSince } from '../control/call-report.ts';
import type { MappingReport } from '../control/mapping-report.ts';
import type { WatchedMetric } from '../control/watched-metric.ts';
import { createMissingTopics, type WantedTopic } from './missing-topics.ts';
import { tendMappings } from './tend-mappings.ts';
import { watchAnswers } from './watch-answers.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { keepMinutes, watchFunctions, type FunctionWatch } from '../minutes/keep-minutes.ts';
import { machineClock, shortMinutes, type MetricClock } from '../../metrics/metric-clock.ts';

/** The time limit, in milliseconds, for the pollers of a new mapping to join their group. */
const START_TIMEOUT_MS = 60_000;
/** The interval, in milliseconds, at which the endpoint's mappings are read. */
const FOLLOW_EVERY_MS = 4_000;

/** Callbacks for the caller that starts a runtime. */
export interface RuntimeHooks {
  /** Called before any poller starts. @returns lines for the user. */
  readonly beforePolling: (specs: readonly EventSourceMappingSpec[]) => Promise<readonly string[]>;
  /** Called when the endpoint has lost everything that was deployed to it. */
  readonly endpointForgot: () => Promise<void>;
}

export interface RuntimeOptions extends RuntimeHooks {
  readonly bootstrapServers: string;
  readonly awsEndpoint: string;
  /** As in the environment's options. */
  readonly serviceEndpoints?: Readonly<Record<string, string>>;
  readonly logsDirectory: string;
  readonly enginesDirectory: string;
  /** Absolute path of the node_modules folder with the AWS SDK for functions. */
  readonly sdkModules: string;
  readonly invoke: 'processes' | 'endpoint';
  readonly newTopicPartitions: number;
  /** As in the environment's options. */
  readonly minuteMs?: number;
  readonly emulator: Partial<EmulatorOptions>;
  /** True when the mappings exist at the endpoint too, which then decides whether they are enabled or deleted. */
  readonly mappingsAtEndpoint: boolean;
}

/** The functions and event source mappings of a deployed app, running. */
export interface Runtime {
  /** URL of Lambda's Invoke API for the mappings. */
  readonly lambdaEndpoint: string;
  /** Topics that mappings name and that did not exist. */
  readonly createdTopics: readonly WantedTopic[];
  /** Notes for the user about mappings and their functions. */
  readonly notes: readonly Substitution[];
  mappings(): readonly MappingReport[];
  /** `undefined` when no mapping has that consumer group. */
  setPollers(consumerGroupId: string, count: number | undefined): MappingReport | undefined;
  killPoller(consumerGroupId: string, pid: number): boolean;
  /** Lists the calls of functions that changed after a revision. */
  callsSince(revision: number): CallsSince;
  /** Disturbs a function of a mapping for a limited time; false when no mapping has that consumer group. */
  disturb(consumerGroupId: string, disturbance: Disturbance): boolean;
  /** The metrics of the alarms that are evaluated locally. */
  readonly watchedMetrics: readonly WatchedMetric[];
  /** Publishes all metrics now, in addition to every minute. */
  publishMetrics(): Promise<void>;
  close(): Promise<void>;
}

/** Runs a deployed app: its functions behind Lambda's Invoke API, and the pollers of its mappings. */
export async function startRuntime(app: DeployedApp, options: RuntimeOptions): Promise<Runtime> {
  const { bootstrapServers, awsEndpoint, newTopicPartitions } = options;
  const emulator = emulatorOptions(options.emulator);
  const { accepted, notes } = acceptMappings(app, { invoke: options.invoke, emulator });
  const specs = accepted.map(({ spec }) => spec);
  const createdTopics = await createMissingTopics(specs, {
    bootstrapServers,
    partitions: newTopicPartitions,
    defaultPartitions: app.defaultPartitions,
  });
  await options.beforePolling(specs);
  const logs = openLogs(options.logsDirectory);
  const disturbances = new Disturbances(Date.now);
  const calls = new CallLog();
  const clock = metricClock(options.minuteMs);
  const watch = watchFunctions(clock);
  const lambda = await startFunctions(app, options, { logs, disturbances, watch });
  const surroundings = {
    bootstrapServers,
    awsEndpoint,
    region: app.region,
    options: emulator,
    ...mappingLogs(logs, bootstrapServers, app.region),
    called: noteCallsIn(calls),
  };
  const atEndpoint = new Set(
    accepted.filter(({ invoker }) => invoker === 'endpoint').map(({ mappingId }) => mappingId),
  );
  const mappings = createEventSourceMappings((mapping) =>
    startMapping(mapping, {
      ...surroundings,
      ...(atEndpoint.has(mapping.mappingId)
        ? { invoker: 'endpoint', lambdaEndpoint: awsEndpoint }
        : { invoker: 'processes', lambdaEndpoint: lambda.endpoint }),
      awsEndpoint: serviceEndpoint(options, mapping.spec.onFailure?.kind ?? ''),
    }),
  );
  await Promise.all(accepted.map((mapping) => mappings.create(mapping)));
  await waitFor(() => mappings.list().every(({ state }) => isStable(state)), {
    what: 'the event pollers to join their consumer groups',
    timeoutMs: START_TIMEOUT_MS,
  });
  const stopFollowing = options.mappingsAtEndpoint
    ? await followEndpoint(mappings, {
        awsEndpoint,
        region: app.region,
        log: surroundings.log,
        endpointForgot: options.endpointForgot,
      })
    : () => Promise.resolve();
  const stopTending = tendMappings(mappings, { ...surroundings, scaleIntervalMs: emulator.scaleIntervalMs });
  const minutes = keepMinutes(app, mappings, {
    ...surroundings,
    lambdaEndpoint: lambda.endpoint,
    clock,
    functions: watch,
  });
  const close = async (): Promise<void> => {
    await Promise.all([stopFollowing(), stopTending(), minutes.stop()]);
    await mappings.stop();
    await lambda.close();
    logs.close();
  };
  return {
    lambdaEndpoint: lambda.endpoint,
    createdTopics,
    notes: [...notes, ...minutes.notes],
    ...controlsOf(mappings),
    callsSince: (revision) => calls.since(revision),
    disturb: (group, disturbance) => {
      const functionName = functionOf(mappings, group);
      if (functionName !== undefined) disturbances.set(functionName, disturbance);
      return functionName !== undefined;
    },
    watchedMetrics: minutes.watchedMetrics,
    publishMetrics: minutes.publishMetrics,
    close,
  };
}

/**
 * Connects the logs: messages of all mappings go to one log, and Lambda's log lines about a mapping go to its
 * function's log.
 */
function mappingLogs(logs: Logs, bootstrapServers: string, region: string) {
  return {
    log: (line: string) => {
      logs.write('event-source-mappings', `${new Date().toISOString()} ${line}`);
    },
    systemLog: createSystemLog({
      write: (functionName, line) => {
        logs.write(functionName, line);
      },
      bootstrapServers,
      region,
      now: Date.now,
    }),
  };
}

const noteCallsIn =
  (calls: CallLog): CallObserver =>
  ({ spec: { consumerGroupId, functionName } }, { pid }, call) => {
    calls.note({ consumerGroupId, functionName, pid }, call);
  };

const metricClock = (minuteMs: number | undefined): MetricClock =>
  minuteMs === undefined ? machineClock : shortMinutes(minuteMs);

const functionOf = (mappings: EventSourceMappings, group: string): string | undefined =>
  mappings.list().find(({ spec }) => spec.consumerGroupId === group)?.spec.functionName;

interface FollowingOptions {
  readonly awsEndpoint: string;
  readonly region: string;
  readonly log: (line: string) => void;
  readonly endpointForgot: () => Promise<void>;
}

/** @returns a function that stops it. */
async function followEndpoint(
  mappings: EventSourceMappings,
  { awsEndpoint, region, log, endpointForgot }: FollowingOptions,
): Promise<() => Promise<void>> {
  const memory = await endpointMemory(awsEndpoint, region);
  const step = createEndpointFollower(mappings, {
    list: createMappingList(awsEndpoint, region),
    remembers: () => memory.remembers(),
    forgotten: () => void endpointForgot(),
    log,
  });
  const watched = watchAnswers(step, {
    what: `The AWS endpoint ${awsEndpoint}`,
    tell: (line) => {
      log(line);
      console.error(line);
    },
  });
  const following = repeat(watched, { everyMs: FOLLOW_EVERY_MS, failed: () => undefined });
  return () => following.stop();
}

function controlsOf(mappings: EventSourceMappings): Pick<Runtime, 'mappings' | 'setPollers' | 'killPoller'> {
  const find = (group: string): MappingSupervisor | undefined =>
    mappings.list().find(({ spec }) => spec.consumerGroupId === group);
  return {
    mappings: () => mappings.list().map(reportOn),
    setPollers: (group, count) => {
      const mapping = find(group);
      mapping?.setPollers(count);
      return mapping && reportOn(mapping);
    },
    killPoller: (group, pid) => find(group)?.killPoller(pid) ?? false,
  };
}

/** The functions that mappings invoke. */
interface Functions {
  readonly endpoint: string;
  close(): Promise<void>;
}

interface FunctionSurroundings {
  readonly logs: Logs;
  readonly disturbances: Disturbances;
  readonly watch: FunctionWatch;
}

async function startFunctions(
  { functions, region }: DeployedApp,
  { awsEndpoint, serviceEndpoints, invoke, enginesDirectory, sdkModules }: RuntimeOptions,
  { logs, disturbances, watch }: FunctionSurroundings,
): Promise<Functions> {
  if (invoke === 'endpoint') return { endpoint: awsEndpoint, close: () => Promise.resolve() };
  const byName = new Map<string, FunctionConfiguration>(functions.map((one) => [one.functionName, one]));
  return startLambdaHost({
    functions: (name) => Promise.resolve(disturbedConfiguration(byName.get(name), disturbances)),
    beforeInvoke: async (functionName) => {
      const delayMs = disturbances.of(functionName)?.delayMs ?? 0;
      if (delayMs > 0) await delay(delayMs);
    },
    onLog: (functionName, line) => {
      logs.write(functionName, line);
      watch.line(line);
    },
    onEnded: watch.ended,
    runtimeModules: sdkModules,
    compileCacheDirectory: join(enginesDirectory, 'lambda-compile-cache'),
    machineVariables: {
      AWS_ENDPOINT_URL: awsEndpoint,
      ...endpointVariables(serviceEndpoints),
      // The SDK rejects an endpoint together with settings that choose among AWS's own endpoints.
      AWS_USE_DUALSTACK_ENDPOINT: 'false',
      AWS_USE_FIPS_ENDPOINT: 'false',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    },
  });
}

/**
 * Returns the configuration of a disturbed function. An undisturbed one keeps the same object, so that its execution
 * environments stay.
 */
function disturbedConfiguration(
  configuration: FunctionConfiguration | undefined,
  disturbances: Disturbances,
): FunctionConfiguration | undefined {
  const disturbance = configuration && disturbances.of(configuration.functionName);
  return configuration === undefined || disturbance === undefined || disturbance.unreachable.length === 0
    ? configuration
    : { ...configuration, overrides: unreachableVariables(disturbance) };
}

function serviceEndpoint({ awsEndpoint, serviceEndpoints }: RuntimeOptions, service: string): string {
  return serviceEndpoints?.[service.toUpperCase()] ?? awsEndpoint;
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpointVariables(endpoints: RuntimeOptions['serviceEndpoints'] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(endpoints).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url]),
  );
}

function reportOn(mapping: MappingSupervisor): MappingReport {
  const { spec, pollerOverride, generationId } = mapping;
  return {
    uuid: mapping.mappingId,
    functionName: spec.functionName,
    consumerGroupId: spec.consumerGroupId,
    topic: spec.topic,
    state: mapping.state,
    stateTransitionReason: mapping.stateTransitionReason,
    lastProcessingResult: mapping.lastProcessingResult,
    pollerOverride,
    generationId,
    givenUp: {
      delivered: mapping.counts['OnFailureDestinationDeliveredEventCount'] ?? 0,
      dropped: mapping.counts['DroppedEventCount'] ?? 0,
    },
    pollers: mapping.pollers.map(({ pid, memberId, partitions, recordsInvoked, lastCommitAt }) => ({
      pid,
      memberId,
      partitions: [...partitions],
      recordsInvoked,
      lastCommitAt,
    })),
  };
}
