import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaAdmin } from '../broker/support/kafka-admin.ts';
import type { CommitSample } from './judge.ts';
import { monotonicNow } from '../broker/support/recording-function.ts';

const EVERY_MS = 100;

export interface CommitSampling {
  /** In the order in which they were taken. */
  readonly samples: readonly CommitSample[];
  stop(): Promise<void>;
}

/** Asks the broker for a group's committed offsets again and again. */
export function sampleCommits(
  kafka: Pick<KafkaAdmin, 'committed'>,
  consumerGroupId: string,
  topic: string,
): CommitSampling {
  const samples: CommitSample[] = [];
  const stopping = new AbortController();
  const sampled = (async () => {
    while (!stopping.signal.aborted) {
      const committed = await kafka.committed(consumerGroupId, topic);
      samples.push({ toldAt: monotonicNow(), committed });
      await delay(EVERY_MS);
    }
  })();
  return {
    samples,
    stop: async () => {
      stopping.abort();
      await sampled;
    },
  };
}
