import { setTimeout as delay } from 'node:timers/promises';
import { lagOf, totalLag, type PartitionOffsets, type TotalLag } from '@order-events/kafka-tools';
import type { MappingReport } from '../environment/control/mapping-report.ts';

export interface LagOptions {
  /** The time to wait, in milliseconds; default: 30000. */
  readonly timeoutMs?: number;
}

/** The questions that are polled from an environment. */
export interface LagQuestions {
  /** @throws {Error} when the environment has stopped. */
  mappings(): Promise<readonly MappingReport[]>;
  /** @throws {Error} when the brokers do not answer. */
  offsets(topic: string, consumerGroupId: string): Promise<readonly PartitionOffsets[]>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const ASK_EVERY_MS = 50;

/** Waits until a group has committed every record of the topics of its mappings. */
export async function waitForLagZero(
  consumerGroupId: string,
  questions: LagQuestions,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: LagOptions = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  const topics = mappingsOf(consumerGroupId, await questions.mappings()).map(({ topic }) => topic);
  for (;;) {
    const offsets = await Promise.all(topics.map((topic) => questions.offsets(topic, consumerGroupId)));
    const lag = totalLag(offsets.flat().map(({ committed, ...range }) => lagOf(committed, range)));
    if (lag.kind === 'known' && lag.lag === 0) return;
    if (performance.now() > deadline) {
      const mappings = mappingsOf(consumerGroupId, await questions.mappings());
      throw new Error(describeLag(lag, { consumerGroupId, timeoutMs, mappings }));
    }
    await delay(ASK_EVERY_MS);
  }
}

function mappingsOf(consumerGroupId: string, mappings: readonly MappingReport[]): readonly MappingReport[] {
  const found = mappings.filter((mapping) => mapping.consumerGroupId === consumerGroupId);
  if (found.length > 0) return found;
  const groups = mappings.map((mapping) => mapping.consumerGroupId).toSorted();
  throw new Error(
    `No event source mapping has the consumer group ${consumerGroupId}; there ` +
      `${groups.length === 0 ? 'is no mapping at all' : `are ${groups.join(', ')}`}.`,
  );
}

interface Waiting {
  readonly consumerGroupId: string;
  readonly timeoutMs: number;
  readonly mappings: readonly MappingReport[];
}

function describeLag(lag: TotalLag, { consumerGroupId, timeoutMs, mappings }: Waiting): string {
  const left = lag.kind === 'known' ? `${lag.lag}` : `at least ${lag.atLeast}`;
  const states = mappings.map(
    ({ functionName, topic, state, lastProcessingResult }) =>
      `${functionName} on topic ${topic} is ${state}, last result: ${lastProcessingResult ?? 'none yet'}`,
  );
  return (
    `Group ${consumerGroupId} has ${left} records still to commit after ${timeoutMs} ms (${states.join('; ')}): ` +
    "look into the function's log, or wait longer by timeoutMs."
  );
}
