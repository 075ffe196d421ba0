import { createEventSourceMappings } from '../../../local/event-source-mapping/supervisor/event-source-mappings.ts';
import type { MappingSupervisor } from '../../../local/event-source-mapping/supervisor/mapping-supervisor.ts';
import { tendMappings } from '../../../local/environment/mappings/tend-mappings.ts';
import type { EngineAddresses } from './engine-addresses.ts';

/** The shortest that the emulator's options allow. */
const SCALE_INTERVAL_MS = 1_000;

/** Mappings whose lag is evaluated. */
export interface Tending {
  /** What went wrong so far. */
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

/** Evaluates the lag of mappings every second, as a local environment does every minute. */
export async function tendTestMappings(
  running: readonly MappingSupervisor[],
  { broker }: EngineAddresses,
): Promise<Tending> {
  const byId = new Map(running.map((mapping) => [mapping.mappingId, mapping]));
  const mappings = createEventSourceMappings(({ mappingId }) => {
    const mapping = byId.get(mappingId);
    return mapping === undefined
      ? Promise.reject(new Error(`There is no mapping ${mappingId}.`))
      : Promise.resolve(mapping);
  });
  for (const { mappingId, spec } of running)
    await mappings.create({ mappingId, functionArn: spec.functionName, spec });
  const failures: string[] = [];
  const stop = tendMappings(mappings, {
    bootstrapServers: broker,
    scaleIntervalMs: SCALE_INTERVAL_MS,
    systemLog: { warned: () => undefined, assigned: () => undefined, offsets: () => undefined },
    log: (line) => failures.push(line),
  });
  return { failures, stop };
}
