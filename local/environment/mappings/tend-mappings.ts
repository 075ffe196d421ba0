import {
  createGroupReader,
  kafkaClient,
  openTimeLeftReader,
  type GroupReader,
} from '@order-events/kafka-tools';
import { awsClientSettings } from '../../deployment/endpoint/aws-client-settings.ts';
import type { EventSourceMappings } from '../../event-source-mapping/supervisor/event-source-mappings.ts';
import { forEachMapping } from '../../event-source-mapping/supervisor/for-each-mapping.ts';
import type { MappingSupervisor } from '../../event-source-mapping/supervisor/mapping-supervisor.ts';
import { repeat } from '../../helpers/repeat.ts';
import { createScaler } from '../../event-source-mapping/scaling/scale-mappings.ts';
import type { SystemLog } from '../../event-source-mapping/system-log/write-system-log.ts';
import { createCloudWatchSink } from '../../metrics/cloudwatch.ts';
import { createMetricPublisher } from '../../metrics/publish-metrics.ts';
import { createTimeLeftPublisher } from '../../metrics/publish-times-left.ts';

/** The interval at which Lambda publishes the metrics of a mapping and logs its offsets. */
const A_MINUTE_MS = 60_000;

export interface TendingOptions {
  /** Comma-joined. */
  readonly bootstrapServers: string;
  readonly awsEndpoint: string;
  readonly region: string;
  readonly scaleIntervalMs: number;
  readonly systemLog: SystemLog;
  readonly log: (line: string) => void;
}

/** The periodic work for running mappings. */
export interface Tending {
  /** Publishes their metrics now, in addition to every minute. */
  readonly publishMetrics: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Scales mappings, publishes their metrics and logs their offsets, until stopped. */
export function tendMappings(mappings: EventSourceMappings, options: TendingOptions): Tending {
  const { awsEndpoint, region, log } = options;
  const addresses = options.bootstrapServers.split(',');
  const kafka = kafkaClient({ clientId: 'event-source-mapping', brokers: addresses });
  const brokers = createGroupReader(kafka);
  const timesLeft = openTimeLeftReader(kafka, { brokers: addresses });
  const scale = createScaler(mappings, (topic, group) => brokers.readOffsets(topic, group));
  const sink = { put: createCloudWatchSink(awsClientSettings(awsEndpoint, region)), now: Date.now };
  const publishMapping = createMetricPublisher(mappings, { brokers, ...sink });
  const publishTimesLeft = createTimeLeftPublisher(mappings, { brokers, timesLeft, ...sink });
  const publish = async (): Promise<void> => {
    await Promise.all([publishMapping(), publishTimesLeft()]);
  };
  const failed = (error: unknown): void => {
    log(`WARN scaling or metrics failed; the next round tries again: ${String(error)}`);
  };
  const repetitions = [
    repeat(scale, { everyMs: options.scaleIntervalMs, failed }),
    repeat(publish, { everyMs: A_MINUTE_MS, failed }),
    repeat(() => logOffsets(mappings, brokers, options.systemLog), { everyMs: A_MINUTE_MS, failed }),
  ];
  return {
    publishMetrics: publish,
    stop: async () => {
      await Promise.all(repetitions.map((repetition) => repetition.stop()));
      await Promise.all([brokers.close(), timesLeft.close()]);
    },
  };
}

/** Reads only the offsets of mappings that log them. */
async function logOffsets(
  mappings: EventSourceMappings,
  brokers: GroupReader,
  systemLog: SystemLog,
): Promise<void> {
  await forEachMapping(mappings.list().filter(logsOffsets), async (mapping) => {
    const { topic, consumerGroupId } = mapping.spec;
    systemLog.offsets(mapping, await brokers.readOffsets(topic, consumerGroupId));
  });
}

function logsOffsets({ spec, state }: MappingSupervisor): boolean {
  return spec.systemLogLevel === 'DEBUG' && state !== 'Disabled';
}
