import { topology, type ConsumerName } from './topology.ts';
import type { ConsumerSpec } from './topology-types.ts';

/** A value for each consumer of the topology, by its name. */
export type ByConsumer<T> = Readonly<Record<ConsumerName, T>>;

/** Makes a value for each consumer of the topology. */
export function byConsumer<T>(valueOf: (consumer: ConsumerSpec) => T): ByConsumer<T> {
  return complete(topology.consumers.map((consumer) => [consumer.name, valueOf(consumer)]));
}

/** Makes a value for each consumer of the topology, all at once. */
export async function byConsumerAsync<T>(
  valueOf: (consumer: ConsumerSpec) => Promise<T>,
): Promise<ByConsumer<T>> {
  return complete(
    await Promise.all(
      topology.consumers.map(async (consumer) => [consumer.name, await valueOf(consumer)] as const),
    ),
  );
}

/** The consumers by their names. */
export const consumersByName: ByConsumer<ConsumerSpec> = byConsumer((consumer) => consumer);

function complete<T>(entries: readonly (readonly [ConsumerName, T])[]): ByConsumer<T> {
  const values: Partial<ByConsumer<T>> = Object.fromEntries(entries);
  if (hasAll(values)) return values;
  throw new Error('A consumer of the topology has no value.');
}

function hasAll<T>(values: Partial<ByConsumer<T>>): values is ByConsumer<T> {
  return topology.consumers.every(({ name }) => Object.hasOwn(values, name));
}
