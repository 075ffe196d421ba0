import type {
  DeployedApp,
  DeployedEventSourceMapping,
  DeployedFunction,
} from '../deployment/deployed-app.ts';
import { emulatorOptions } from '../event-source-mapping/emulator-options.ts';
import type { EventSourceMappingSpec } from '../event-source-mapping/event-source-mapping-spec.ts';
import type { MappingSupervisor } from '../event-source-mapping/mapping-supervisor.ts';
import {
  readMapping,
  startMapping,
  type MappingSurroundings,
} from '../event-source-mapping/start-mapping.ts';
import { startLambdaHost, type LambdaHost } from '../lambda/lambda-host.ts';
import { stageCode } from './stage-code.ts';
import { openLogs, type Logs } from './logs.ts';
import type { MappingReport } from './mapping-report.ts';
import { waitFor } from './wait-for.ts';

/** How long the pollers of a new mapping may take to join their group. */
const START_TIMEOUT_MS = 30_000;

export interface RuntimeOptions {
  readonly bootstrapServers: string;
  readonly awsEndpoint: string;
  readonly logsDirectory: string;
  /** The run's own folder. */
  readonly runDirectory: string;
}

/** The functions and event source mappings of a deployed app, running. */
export interface Runtime {
  readonly lambdaEndpoint: string;
  mappings(): readonly MappingReport[];
  /** `undefined` when no mapping has that consumer group. */
  setPollers(consumerGroupId: string, count: number | undefined): MappingReport | undefined;
  killPoller(consumerGroupId: string, pid: number): boolean;
  close(): Promise<void>;
}

/** Runs a deployed app: its functions behind Lambda's Invoke API, and the pollers of its mappings. */
export async function startRuntime(app: DeployedApp, options: RuntimeOptions): Promise<Runtime> {
  const logs = openLogs(options.logsDirectory);
  const code = await stageCode(app.functions, options.runDirectory);
  const lambda = await startFunctions(code.functions, { region: app.region, ...options }, logs);
  const mappings = await startMappings(app, {
    bootstrapServers: options.bootstrapServers,
    awsEndpoint: options.awsEndpoint,
    lambdaEndpoint: lambda.endpoint,
    region: app.region,
    options: emulatorOptions(),
    log: (line) => {
      logs.write('event-source-mappings', line);
    },
  });
  await waitFor(() => mappings.every(({ state }) => state === 'Enabled' || state === 'Disabled'), {
    what: 'the event pollers to join their consumer groups',
    timeoutMs: START_TIMEOUT_MS,
  });
  return runtimeOf(lambda, mappings, async () => {
    logs.close();
    await code.remove();
  });
}

function runtimeOf(
  lambda: LambdaHost,
  mappings: readonly MappingSupervisor[],
  cleanUp: () => Promise<void>,
): Runtime {
  const find = (group: string): MappingSupervisor | undefined =>
    mappings.find(({ spec }) => spec.consumerGroupId === group);
  return {
    lambdaEndpoint: lambda.endpoint,
    mappings: () => mappings.map(reportOn),
    setPollers: (group, count) => {
      const mapping = find(group);
      mapping?.setPollers(count);
      return mapping && reportOn(mapping);
    },
    killPoller: (group, pid) => find(group)?.killPoller(pid) ?? false,
    close: async () => {
      await Promise.all(mappings.map((mapping) => mapping.stop()));
      await lambda.close();
      await cleanUp();
    },
  };
}

function startFunctions(
  deployed: readonly DeployedFunction[],
  { awsEndpoint, region }: Pick<RuntimeOptions, 'awsEndpoint'> & { readonly region: string },
  logs: Logs,
): Promise<LambdaHost> {
  const functions = new Map(deployed.map((one) => [one.functionName, one]));
  return startLambdaHost({
    functions: (name) => Promise.resolve(functions.get(name)),
    onLog: (functionName, line) => {
      logs.write(functionName, line);
    },
    machineVariables: {
      AWS_ENDPOINT_URL: awsEndpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    },
  });
}

/** Refuses every mapping that Lambda would refuse before any of them polls. */
async function startMappings(
  app: DeployedApp,
  surroundings: MappingSurroundings,
): Promise<readonly MappingSupervisor[]> {
  const accepted: AcceptedMapping[] = [];
  for (const deployed of app.eventSourceMappings) {
    accepted.push(
      acceptMapping(
        deployed,
        app.functions,
        accepted.map(({ spec }) => spec),
      ),
    );
  }
  return Promise.all(accepted.map((mapping) => startMapping(mapping, surroundings)));
}

interface AcceptedMapping {
  readonly mappingId: string;
  readonly functionArn: string;
  readonly spec: EventSourceMappingSpec;
}

function acceptMapping(
  { uuid, properties }: DeployedEventSourceMapping,
  functions: readonly DeployedFunction[],
  others: readonly EventSourceMappingSpec[],
): AcceptedMapping {
  const invoked = properties['FunctionName'];
  const target = functions.find(
    ({ functionName, functionArn }) => functionName === invoked || functionArn === invoked,
  );
  if (target === undefined) {
    throw new Error(
      `Event source mapping ${uuid} invokes ${JSON.stringify(invoked)}, which no deployed stack holds.`,
    );
  }
  const { timeoutSeconds, functionArn } = target;
  const request = { mappingId: uuid, properties, functionTimeoutSeconds: timeoutSeconds };
  return { mappingId: uuid, functionArn, spec: readMapping(request, others, emulatorOptions()) };
}

function reportOn(mapping: MappingSupervisor): MappingReport {
  const { spec, pollerOverride, generationId } = mapping;
  return {
    uuid: mapping.mappingId,
    functionName: spec.functionName,
    consumerGroupId: spec.consumerGroupId,
    topic: spec.topic,
    state: mapping.state,
    pollerOverride,
    generationId,
    pollers: mapping.pollers.map(({ pid, memberId, partitions, recordsInvoked, lastCommitAt }) => ({
      pid,
      memberId,
      partitions: [...partitions],
      recordsInvoked,
      lastCommitAt,
    })),
  };
}
