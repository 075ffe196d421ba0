import { describe, expect, test } from '@jest/globals';
import { AttemptBook } from '../../../../functions/kafka/attempts/attempt-book.ts';
import type { KafkaRecord } from '../../../../functions/kafka/kafka-event.ts';
import { processBatch } from '../../../../functions/kafka/process-batch.ts';
import type { ConsumerOutcome, RecordOutcome } from '../../../../functions/kernel/record-outcome.ts';
import { ok } from '../../../../functions/kernel/result.ts';
import { type InMemoryAttempts, inMemoryAttempts, pause } from './in-memory-attempts.ts';
import { aKafkaEvent, aKafkaRecord, base64 } from '../kafka-events.ts';

const WRITTEN_AT = 1_763_633_700_000;
const MINUTE_MS = 60_000;
const OLD = WRITTEN_AT + 2 * MINUTE_MS;

const PROCESSED: ConsumerOutcome = { kind: 'processed' };
const STORE_AWAY: ConsumerOutcome = {
  kind: 'failed',
  failure: { code: 'store-unavailable', message: 'away' },
};
const FAULT: ConsumerOutcome = { kind: 'failed', failure: { code: 'unexpected', message: 'a bug' } };

/** `killed` ends the process: nothing gets an answer from it. */
type Answer = ConsumerOutcome | 'killed';

interface World {
  readonly memory: InMemoryAttempts;
  readonly parked: number[];
  /** Offsets that the consumer got, by invocation. */
  readonly asked: number[][];
  /** One invocation, in an execution environment of its own. @returns the outcome by offset, or what ended it. */
  invoke(records: readonly KafkaRecord[], answers: readonly Answer[], nowMs?: number): Promise<string>;
}

function aWorld({ canPark = true } = {}): World {
  const memory = inMemoryAttempts();
  const parked: number[] = [];
  const asked: number[][] = [];
  const invoke: World['invoke'] = async (records, answers, nowMs = OLD) => {
    const calls: number[] = [];
    asked.push(calls);
    const left = [...answers];
    let remaining = 30_000;
    const batch = processBatch(aKafkaEvent(records), {
      objectiveMs: 60_000,
      parse: ({ offset }) => ok(offset),
      process: async ([record]) => {
        calls.push(record?.offset ?? -1);
        const answer = left.shift() ?? PROCESSED;
        return typeof answer === 'string' ? hang() : [answer];
      },
      park: async ({ offset }) => {
        if (!canPark) throw new Error('the queue is away');
        parked.push(offset);
      },
      deadline: { remainingMs: () => (remaining -= 10) },
      policy: { maxConcurrentRuns: 1, maxRecordsPerRun: 1, minRemainingMs: 0 },
      attempts: new AttemptBook(memory, { pause, random: () => 0 }),
      invocationId: `invocation-${asked.length}`,
      nowMs: () => nowMs,
      pause,
    });
    const ended = answers.some((answer) => typeof answer === 'string') && (await isStuck(batch));
    if (ended) return 'no answer';
    const { summary } = await batch;
    return outcomeText(summary.outcomes, summary.failures);
  };
  return { memory, parked, asked, invoke };
}

/** An invocation whose process ends: nothing after this point runs. */
const hang = (): Promise<never> => new Promise(() => undefined);

async function isStuck(batch: Promise<unknown>): Promise<boolean> {
  const turns = (async () => {
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    return true;
  })();
  return Promise.race([batch.then(() => false), turns]);
}

function outcomeText(
  outcomes: Readonly<Record<RecordOutcome['kind'], number>>,
  failures: Readonly<Record<string, number>>,
): string {
  const kinds = Object.entries(outcomes).flatMap(([kind, count]) =>
    count === 0 ? [] : [`${count} ${kind}`],
  );
  return [...kinds, ...Object.keys(failures)].join(', ');
}

const record = (offset: number): KafkaRecord => aKafkaRecord({ offset, key: base64(String(offset)) });

describe('a record that is alone and old', () => {
  test('is parked, without another attempt, after three attempts that ended the process', async () => {
    const world = aWorld();
    const results: string[] = [];

    for (let attempt = 0; attempt < 4; attempt += 1)
      results.push(await world.invoke([record(7)], ['killed']));

    expect(results).toEqual(['no answer', 'no answer', 'no answer', '1 parked, ends-invocations']);
    expect(world.asked).toEqual([[7], [7], [7], []]);
    expect(world.parked).toEqual([7]);
  });

  test('gets three new attempts when it comes again after it was parked', async () => {
    const world = aWorld();
    for (let attempt = 0; attempt < 4; attempt += 1) await world.invoke([record(7)], ['killed']);

    const result = await world.invoke([record(7)], [PROCESSED]);

    expect(result).toBe('1 processed');
    expect(world.memory.noted.get(7)?.size).toBe(0);
  });

  test('comes again when it could not be parked', async () => {
    const world = aWorld({ canPark: false });
    for (let attempt = 0; attempt < 3; attempt += 1) await world.invoke([record(7)], ['killed']);

    const result = await world.invoke([record(7)], []);

    expect(result).toBe('1 failed, parking-failed');
  });

  test('loses no attempt by an outage, however often it fails', async () => {
    const world = aWorld();
    for (let attempt = 0; attempt < 100; attempt += 1) await world.invoke([record(7)], [STORE_AWAY]);

    const result = await world.invoke([record(7)], [PROCESSED]);

    expect(result).toBe('1 processed');
  });

  test('is not attempted while attempts cannot be noted, so that a process that ends is never missed', async () => {
    const world = aWorld();
    world.memory.away = true;

    const result = await world.invoke([record(7)], [PROCESSED]);

    expect(result).toBe('1 failed, store-unavailable');
    expect(world.asked).toEqual([[]]);
  });

  test.each([
    { story: 'is young', records: [record(7)], nowMs: WRITTEN_AT + 59_000 },
    { story: 'has company', records: [record(7), record(8)], nowMs: OLD },
  ])('counts no attempt while it $story', async ({ records, nowMs }) => {
    const world = aWorld();

    await world.invoke(records, ['killed'], nowMs);

    expect(world.memory.noted.size).toBe(0);
  });

  test('counts as old when its producer wrote a time in the future', async () => {
    const world = aWorld();

    await world.invoke([record(7)], ['killed'], WRITTEN_AT - 90 * MINUTE_MS);

    expect(world.memory.noted.get(7)?.size).toBe(1);
  });
});

describe('a record that a fault of the function fails again and again', () => {
  test('is parked after three such failures beside records that were done', async () => {
    const world = aWorld();
    const results: string[] = [];

    for (let attempt = 0; attempt < 4; attempt += 1)
      results.push(await world.invoke([record(7), record(8)], [FAULT, PROCESSED]));

    const again = '1 processed, 1 failed, unexpected';
    expect(results).toEqual([again, again, again, '1 processed, 1 parked, fails-unexpectedly']);
    expect(world.parked).toEqual([7]);
  });

  test('waits when no record succeeded, because a bad deployment fails every record', async () => {
    const world = aWorld();

    for (let attempt = 0; attempt < 10; attempt += 1)
      await world.invoke([record(7), record(8)], [FAULT, FAULT]);

    expect(world.parked).toEqual([]);
  });

  test('is parked after hours when no record succeeds', async () => {
    const world = aWorld();

    for (let attempt = 0; attempt < 4; attempt += 1)
      await world.invoke([record(7)], [FAULT], WRITTEN_AT + 5 * 60 * MINUTE_MS);

    expect(world.parked).toEqual([7]);
  });
});
