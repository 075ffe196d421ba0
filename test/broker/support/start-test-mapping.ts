import { randomUUID } from 'node:crypto';
import {
  emulatorOptions,
  type EmulatorOptions,
} from '../../../local/event-source-mapping/configuration/emulator-options.ts';
import type { NewMapping } from '../../../local/event-source-mapping/supervisor/event-source-mappings.ts';
import type { MappingSupervisor } from '../../../local/event-source-mapping/supervisor/mapping-supervisor.ts';
import { superviseMapping } from '../../../local/event-source-mapping/supervisor/supervise-mapping.ts';
import { startPoller } from '../../../local/event-source-mapping/supervisor/poller-child.ts';
import { readMapping, startMapping } from '../../../local/event-source-mapping/supervisor/start-mapping.ts';
import type { EngineAddresses } from './engine-addresses.ts';

/** What a test says about its mapping; the rest is chosen so that the test is fast. */
export interface TestMapping {
  readonly topic: string;
  readonly consumerGroupId: string;
  readonly function: { readonly arn: string; readonly endpoint: string };
  /** Over the properties of a mapping, as a template writes them. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** What AWS leaves open. Default: the emulator's, but for a shorter backoff. */
  readonly options?: Partial<EmulatorOptions>;
  /** Default 1. */
  readonly pollers?: number;
  /** When a lost poller is replaced. Default: not before the test is over. */
  readonly replaceAfterMs?: number;
  /** Hears of each poller process when it is started. */
  readonly onPollerStart?: () => void;
}

/** Tests wait for it to pass; a member on a busy machine must still be in time. */
const SESSION_TIMEOUT_MS = 3_000;
const NOT_IN_THIS_TEST_MS = 600_000;

export const CLUSTER_ARN = 'arn:aws:kafka:eu-central-1:000000000000:cluster/test/1';

/** Starts a mapping on the real broker, with pollers that are processes as they always are. */
export function startTestMapping(test: TestMapping, { broker, aws }: EngineAddresses): MappingSupervisor {
  const settings = {
    ...newMapping(test),
    ...surroundings(test, { broker, aws }),
    brokers: [broker],
    sessionTimeoutMs: SESSION_TIMEOUT_MS,
  };
  return superviseMapping(settings, test.pollers ?? 1, {
    startPoller: (poller, listener) => {
      test.onPollerStart?.();
      return startPoller(poller, listener, Date.now);
    },
    log: () => undefined,
    schedule: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
    replaceAfterMs: test.replaceAfterMs ?? NOT_IN_THIS_TEST_MS,
  });
}

/** Creates a mapping on the real broker as Lambda's API does: what a test says about its pollers is left out. */
export function createTestMapping(test: TestMapping, engines: EngineAddresses): Promise<MappingSupervisor> {
  return startMapping(newMapping(test), { ...surroundings(test, engines), log: () => undefined });
}

function newMapping(test: TestMapping): NewMapping {
  const mappingId = randomUUID();
  const spec = readMapping({ mappingId, properties: propertiesOf(test) }, [], optionsOf(test));
  return { mappingId, functionArn: test.function.arn, spec };
}

function optionsOf({ options }: TestMapping): EmulatorOptions {
  return emulatorOptions({ backoff: { baseMs: 10, maximumMs: 100 }, ...options });
}

function surroundings(test: TestMapping, { broker, aws }: EngineAddresses) {
  return {
    options: optionsOf(test),
    bootstrapServers: broker,
    lambdaEndpoint: test.function.endpoint,
    invoker: 'processes' as const,
    awsEndpoint: aws,
    region: 'eu-central-1',
  };
}

function propertiesOf({ topic, consumerGroupId, properties, function: { arn } }: TestMapping): object {
  return {
    FunctionName: arn,
    EventSourceArn: CLUSTER_ARN,
    Topics: [topic],
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: consumerGroupId },
    StartingPosition: 'TRIM_HORIZON',
    MaximumBatchingWindowInSeconds: 0,
    ProvisionedPollerConfig: { MinimumPollers: 1 },
    ...properties,
  };
}
