import { createGroupReader, kafkaClient, type GroupReader } from '@order-events/kafka-tools';
import type { EventSourceMappings } from '../../event-source-mapping/supervisor/event-source-mappings.ts';
import { forEachMapping } from '../../event-source-mapping/supervisor/for-each-mapping.ts';
import type { MappingSupervisor } from '../../event-source-mapping/supervisor/mapping-supervisor.ts';
import { repeat } from '../../helpers/repeat.ts';
import { createScaler } from '../../event-source-mapping/scaling/scale-mappings.ts';
import type { SystemLog } from '../../event-source-mapping/system-log/write-system-log.ts';

/** How often Lambda logs the offsets of a mapping. */
const A_MINUTE_MS = 60_000;

export interface TendingOptions {
  /** Comma-joined. */
  readonly bootstrapServers: string;
  readonly scaleIntervalMs: number;
  readonly systemLog: SystemLog;
  readonly log: (line: string) => void;
}

/** Scales mappings and logs their offsets. @returns what ends it. */
export function tendMappings(mappings: EventSourceMappings, options: TendingOptions): () => Promise<void> {
  const { log } = options;
  const addresses = options.bootstrapServers.split(',');
  const kafka = kafkaClient({ clientId: 'event-source-mapping', brokers: addresses });
  const brokers = createGroupReader(kafka);
  const scale = createScaler(mappings, (topic, group) => brokers.readOffsets(topic, group));
  const failed = (error: unknown): void => {
    log(`WARN scaling or metrics failed; the next round tries again: ${String(error)}`);
  };
  const repetitions = [
    repeat(scale, { everyMs: options.scaleIntervalMs, failed }),
    repeat(() => logOffsets(mappings, brokers, options.systemLog), { everyMs: A_MINUTE_MS, failed }),
  ];
  return async () => {
    await Promise.all(repetitions.map((repetition) => repetition.stop()));
    await brokers.close();
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
