import type { GroupMetrics } from './group-metrics.ts';
import type { GroupReading } from './reading.ts';

/** A group that is sampled. */
export interface SampledConsumer {
  readonly groupId: string;
  /** The most members that its mapping may bring into the group. */
  readonly maximumPollers: number;
}

/** The groups of the stage, read at one moment. */
export interface BrokersReading {
  readonly groups: readonly GroupReading[];
  /** Findings about strangers by group; absent where it is unknown. */
  readonly intruders: ReadonlyMap<string, number>;
}

/** What the sampler needs of the outside. */
export interface SamplerPorts {
  /** @throws {Error} when the brokers cannot be asked. */
  readonly readBrokers: () => Promise<BrokersReading>;
  /** When the record at an offset was written, in epoch milliseconds; undefined when it is gone by now. */
  readonly writtenAt: (partition: number, offset: number) => Promise<number | undefined>;
  readonly publish: (groupId: string, metrics: GroupMetrics) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Tells of what could not be read; the rest is published all the same. */
  readonly warn: (message: string, cause: unknown) => void;
}
