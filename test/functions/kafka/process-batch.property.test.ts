import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { KafkaRecord } from '../../../functions/kafka/kafka-event.ts';
import { type BatchDependencies, processBatch } from '../../../functions/kafka/process-batch.ts';
import type { RunPolicy } from '../../../functions/kafka/run-policy.ts';
import type { ConsumerOutcome } from '../../../functions/kernel/record-outcome.ts';
import { err, ok } from '../../../functions/kernel/result.ts';
import { batchSurroundings } from './attempts/in-memory-attempts.ts';
import { aKafkaEvent, aKafkaRecord, base64, TOPIC } from './kafka-events.ts';

/** What is wrong with a record, if anything. */
type Nature =
  'good' | 'tombstone' | 'transient' | 'refused' | 'invalid' | 'garbage' | 'garbage that cannot be parked';

const NATURES: readonly Nature[] = [
  'good',
  'tombstone',
  'transient',
  'refused',
  'invalid',
  'garbage',
  'garbage that cannot be parked',
];

const POISON: ReadonlySet<Nature> = new Set(['refused', 'invalid', 'garbage']);
const FAILING: ReadonlySet<Nature> = new Set(['transient', 'garbage that cannot be parked']);

interface Story {
  readonly nature: Nature;
  readonly partition: number;
  readonly key: string | undefined;
}

const stories = fc.array(
  fc.record({
    nature: fc.oneof({ weight: 4, arbitrary: fc.constant<Nature>('good') }, fc.constantFrom(...NATURES)),
    partition: fc.integer({ min: 0, max: 2 }),
    key: fc.constantFrom('a', 'b', 'c', undefined),
  }),
  { maxLength: 40 },
);

const policies = fc.record<RunPolicy>({
  maxConcurrentRuns: fc.integer({ min: 1, max: 5 }),
  maxRecordsPerRun: fc.integer({ min: 1, max: 6 }),
  minRemainingMs: fc.constant(0),
});

/** The offset is the position in the batch, so that it names a record and its nature. */
function toRecord({ nature, partition, key }: Story, offset: number): KafkaRecord {
  const values: Partial<Record<Nature, string | null>> = {
    tombstone: null,
    garbage: '%',
    'garbage that cannot be parked': '%',
  };
  const value = nature in values ? (values[nature] ?? null) : base64(JSON.stringify(nature));
  return aKafkaRecord({ offset, partition, value, key: key === undefined ? null : base64(key) });
}

function laneOf({ partition, key }: Story): string {
  return `${partition}/${key ?? ''}`;
}

function offsetsWhere(batch: readonly Story[], is: (story: Story, offset: number) => boolean): number[] {
  return batch.flatMap((story, offset) => (is(story, offset) ? [offset] : []));
}

/** What happens to a batch when its consumer finishes in an order that the scheduler picks. */
async function deliver(batch: readonly Story[], policy: RunPolicy, scheduler: fc.Scheduler) {
  const processed: number[] = [];
  const parked: number[] = [];
  const busy: string[][] = [];
  const faults: string[] = [];

  const process: BatchDependencies<Nature>['process'] = async (records) => {
    const run = records.map(({ offset }) => offset);
    const lanes = run.flatMap((offset) => batch.slice(offset, offset + 1).map(laneOf));
    if (lanes.some((lane) => busy.flat().includes(lane))) faults.push('a lane is in two runs');
    if (run.length > policy.maxRecordsPerRun) faults.push('a run is too large');
    busy.push(lanes);
    if (busy.length > policy.maxConcurrentRuns) faults.push('too many runs at once');
    await scheduler.schedule(Promise.resolve());
    busy.splice(busy.indexOf(lanes), 1);
    const stopped = new Set<string>();
    return records.map(({ value, offset }, index): ConsumerOutcome => {
      const lane = lanes[index] ?? '';
      if (value === 'refused') return { kind: 'poison', failure: { code: 'event-id-reused', message: '' } };
      if (value === 'transient' || stopped.has(lane)) {
        stopped.add(lane);
        return { kind: 'failed', failure: { code: 'store-unavailable', message: '' } };
      }
      processed.push(offset);
      return { kind: 'processed' };
    });
  };

  const { response, summary } = await scheduler.waitFor(
    processBatch(aKafkaEvent(batch.map(toRecord)), {
      parse: ({ value }) =>
        value === 'invalid'
          ? err({ code: 'event-invalid', message: '' })
          : ok(NATURES.find((nature) => nature === value) ?? 'good'),
      process,
      park: async ({ offset }) => {
        await scheduler.schedule(Promise.resolve());
        if (batch[offset]?.nature === 'garbage that cannot be parked') throw new Error('queue away');
        parked.push(offset);
      },
      deadline: { remainingMs: () => 1 },
      policy,
      ...batchSurroundings(),
    }),
  );
  return {
    reported: response.batchItemFailures
      .map(({ itemIdentifier }) => itemIdentifier)
      .toSorted((a, b) => a.offset - b.offset),
    summary,
    processed: processed.toSorted((a, b) => a - b),
    /** In the order in which the consumer got to them. */
    inOrder: processed,
    parked: parked.toSorted((a, b) => a - b),
    faults,
  };
}

test('record by record: what precedes the first failure of a lane is settled, and the rest of it reported', async () => {
  await fc.assert(
    fc.asyncProperty(stories, policies, fc.scheduler(), async (batch, { maxConcurrentRuns }, scheduler) => {
      const isReported = (story: Story, offset: number): boolean =>
        batch
          .slice(0, offset + 1)
          .some((other) => laneOf(other) === laneOf(story) && FAILING.has(other.nature));

      const { reported, summary, processed, parked, faults } = await deliver(
        batch,
        { maxConcurrentRuns, maxRecordsPerRun: 1, minRemainingMs: 0 },
        scheduler,
      );

      expect({ reported, faults, processed, parked }).toEqual({
        reported: offsetsWhere(batch, isReported).map((offset) => ({
          partition: `${TOPIC}-${batch[offset]?.partition}`,
          offset,
        })),
        faults: [],
        processed: offsetsWhere(
          batch,
          (story, offset) => story.nature === 'good' && !isReported(story, offset),
        ),
        parked: offsetsWhere(
          batch,
          (story, offset) => POISON.has(story.nature) && !isReported(story, offset),
        ),
      });
      expect(summary.outcomes.failed + summary.outcomes.heldBack).toBe(reported.length);
    }),
  );
});

test('in runs: every record is settled or reported, never both, and lanes keep their order', async () => {
  await fc.assert(
    fc.asyncProperty(stories, policies, fc.scheduler(), async (batch, policy, scheduler) => {
      const { reported, summary, processed, inOrder, parked, faults } = await deliver(
        batch,
        policy,
        scheduler,
      );

      const { skipped } = summary.outcomes;
      const accountedFor = [...reported.map(({ offset }) => offset), ...processed, ...parked];
      expect(faults).toEqual([]);
      expect(new Set(accountedFor).size).toBe(accountedFor.length);
      expect(accountedFor.length + skipped).toBe(batch.length);
      expect(Object.values(summary.outcomes).reduce((sum, count) => sum + count, 0)).toBe(batch.length);
      for (const lane of new Set(batch.map(laneOf))) {
        const ofLane = inOrder.filter((offset) => laneOf(batch[offset] ?? never()) === lane);
        expect(ofLane).toEqual(ofLane.toSorted((a, b) => a - b));
      }
    }),
  );
});

test('poison never keeps another record from being processed', async () => {
  const harmless = stories.map((batch) => batch.filter(({ nature }) => !FAILING.has(nature)));

  await fc.assert(
    fc.asyncProperty(harmless, policies, fc.scheduler(), async (batch, policy, scheduler) => {
      const { reported, processed } = await deliver(batch, policy, scheduler);

      expect(reported).toEqual([]);
      expect(processed).toEqual(offsetsWhere(batch, ({ nature }) => nature === 'good'));
    }),
  );
});

function never(): never {
  throw new Error('The batch has no record with this offset.');
}
