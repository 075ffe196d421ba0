import { randomUUID } from 'node:crypto';
import {
  emulatorOptions,
  type EmulatorOptions,
} from '../../../local/event-source-mapping/emulator-options.ts';
import {
  superviseMapping,
  type MappingSupervisor,
} from '../../../local/event-source-mapping/mapping-supervisor.ts';
import { startPoller } from '../../../local/event-source-mapping/poller-child.ts';
import { readMapping } from '../../../local/event-source-mapping/start-mapping.ts';
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
  const mappingId = randomUUID();
  const options = emulatorOptions({ backoff: { baseMs: 10, maximumMs: 100 }, ...test.options });
  const spec = readMapping({ mappingId, properties: propertiesOf(test) }, [], options);
  const settings = {
    mappingId,
    functionArn: test.function.arn,
    spec,
    options,
    brokers: [broker],
    bootstrapServers: broker,
    lambdaEndpoint: test.function.endpoint,
    awsEndpoint: aws,
    region: 'eu-central-1',
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
