import { describe, expect, test } from '@jest/globals';
import type { ConsumerRecord } from '../../../functions/kafka/consumer-record.ts';
import type { KafkaRecord } from '../../../functions/kafka/kafka-event.ts';
import { type BatchDependencies, processBatch } from '../../../functions/kafka/process-batch.ts';
import { recordByRecord } from '../../../functions/kafka/record-by-record.ts';
import type { ConsumerOutcome } from '../../../functions/kernel/record-outcome.ts';
import { err, ok } from '../../../functions/kernel/result.ts';
import { batchSurroundings } from './attempts/in-memory-attempts.ts';
import { aKafkaEvent, aKafkaRecord, base64, TOPIC } from './kafka-events.ts';

const PROCESSED: ConsumerOutcome = { kind: 'processed' };
const UNAVAILABLE: ConsumerOutcome = {
  kind: 'failed',
  failure: { code: 'store-unavailable', message: 'the store is away' },
};
const REUSED: ConsumerOutcome = { kind: 'poison', failure: { code: 'event-id-reused', message: 'reused' } };

/** A consumer that answers for a record as its value says; see `answering`. */
const ANSWERS = { ok: PROCESSED, away: UNAVAILABLE, reused: REUSED } as const;

type Answer = keyof typeof ANSWERS | 'bug';

function isAnswer(value: unknown): value is Answer {
  return value === 'bug' || (typeof value === 'string' && Object.hasOwn(ANSWERS, value));
}

/** A record whose value tells the consumer what to answer; `bug` makes it throw. */
function answering(answer: Answer, overrides: Partial<KafkaRecord> = {}): KafkaRecord {
  return aKafkaRecord({ value: base64(JSON.stringify(answer)), ...overrides });
}

interface World {
  readonly deps: BatchDependencies<Answer>;
  /** Offsets in the order in which the consumer got them, run by run. */
  readonly runs: number[][];
  /** Offsets of the parked records. */
  readonly parked: number[];
}

function aWorld(overrides: Partial<BatchDependencies<Answer>> = {}): World {
  const runs: number[][] = [];
  const parked: number[] = [];
  const answer = async ({ value }: ConsumerRecord<Answer>): Promise<ConsumerOutcome> => {
    if (value === 'bug') throw new Error('a bug');
    return ANSWERS[value];
  };
  const deps: BatchDependencies<Answer> = {
    parse: ({ value }) =>
      isAnswer(value) ? ok(value) : err({ code: 'event-invalid', message: 'no answer' }),
    process: async (records, deadline) => {
      runs.push(records.map(({ offset }) => offset));
      return recordByRecord(answer)(records, deadline);
    },
    park: async ({ offset }) => {
      parked.push(offset);
    },
    deadline: { remainingMs: () => 30_000 },
    policy: { maxConcurrentRuns: 10, maxRecordsPerRun: 1, minRemainingMs: 1000 },
    ...batchSurroundings(),
    ...overrides,
  };
  return { deps, runs, parked };
}

function failures(...offsets: number[]): object {
  return {
    batchItemFailures: offsets.map((offset) => ({ itemIdentifier: { partition: `${TOPIC}-0`, offset } })),
  };
}

describe('a batch', () => {
  test('without a failure is answered with an empty list', async () => {
    const { deps } = aWorld();
    const records = [answering('ok', { offset: 1 }), aKafkaRecord({ offset: 2, value: null })];

    const result = await processBatch(aKafkaEvent(records), deps);

    expect(result).toEqual({
      response: { batchItemFailures: [] },
      summary: {
        records: 2,
        outcomes: { processed: 1, duplicate: 0, skipped: 1, parked: 0, failed: 0, heldBack: 0 },
        failures: {},
        skips: { tombstone: 1 },
        effects: {},
        timeliness: { inTime: 1, late: 0, oldestMs: 0 },
        failedRecords: [],
      },
    });
  });

  test('without records is answered too', async () => {
    const { deps, runs } = aWorld();

    const { response } = await processBatch(aKafkaEvent([]), deps);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(runs).toEqual([]);
  });

  test('stops a lane at its first failed record and reports every later record of that key, no other', async () => {
    const { deps, runs } = aWorld();
    const records = [
      answering('ok', { offset: 1, key: base64('a') }),
      answering('away', { offset: 2, key: base64('a') }),
      answering('ok', { offset: 3, key: base64('b') }),
      answering('ok', { offset: 4, key: base64('a') }),
      answering('ok', { offset: 5, key: base64('b') }),
      answering('ok', { offset: 6, key: base64('a') }),
    ];

    const result = await processBatch(aKafkaEvent(records), deps);

    expect(result).toEqual({
      response: failures(2, 4, 6),
      summary: {
        records: 6,
        outcomes: { processed: 3, duplicate: 0, skipped: 0, parked: 0, failed: 1, heldBack: 2 },
        failures: { 'store-unavailable': 1 },
        skips: {},
        effects: {},
        timeliness: { inTime: 3, late: 0, oldestMs: 0 },
        failedRecords: [
          { topic: TOPIC, partition: 0, offset: 2, code: 'store-unavailable', message: 'the store is away' },
        ],
      },
    });
    expect(new Set(runs.flat())).toEqual(new Set([1, 2, 3, 5]));
  });

  test('reports a record under the name that the event has for its partition', async () => {
    const { deps } = aWorld();
    const records = [answering('away', { topic: 'with-hyphen', partition: 12, offset: 7 })];

    const { response } = await processBatch(aKafkaEvent(records), deps);

    expect(response).toEqual({
      batchItemFailures: [{ itemIdentifier: { partition: 'with-hyphen-12', offset: 7 } }],
    });
  });

  test('in which nothing was done is answered after two seconds at the earliest', async () => {
    let nowMs = 0;
    const { deps } = aWorld({
      deadline: { remainingMs: () => 30_000 - nowMs },
      pause: async (ms) => {
        nowMs += ms;
      },
    });

    await processBatch(aKafkaEvent([answering('away', { offset: 1 })]), deps);

    expect(nowMs).toBe(2_000);
  });

  test('lists the first ten failed records and counts all', async () => {
    const { deps } = aWorld();
    const records = Array.from({ length: 12 }, (_, offset) =>
      answering('away', { offset, key: base64(`${offset}`) }),
    );

    const { summary } = await processBatch(aKafkaEvent(records), deps);

    expect(summary.failedRecords.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(summary.failures).toEqual({ 'store-unavailable': 12 });
  });
});

describe('poison', () => {
  test.each([
    ['cannot be decoded', aKafkaRecord({ offset: 2, value: '%' }), 'value-not-base64'],
    ['is no event', aKafkaRecord({ offset: 2, value: base64({}) }), 'event-invalid'],
    ['is refused by the consumer', answering('reused', { offset: 2 }), 'event-id-reused'],
  ])(
    'is parked at first sight and does not block its lane: a record that %s',
    async (_story, record, code) => {
      const { deps, runs, parked } = aWorld();
      const records = [answering('ok', { offset: 1 }), record, answering('ok', { offset: 3 })];

      const { response, summary } = await processBatch(aKafkaEvent(records), deps);

      expect(response).toEqual(failures());
      expect(summary.outcomes).toMatchObject({ processed: 2, parked: 1 });
      expect(summary.failures).toEqual({ [code]: 1 });
      expect(parked).toEqual([2]);
      expect(runs.flat()).toEqual(expect.arrayContaining([1, 3]));
    },
  );

  test('that cannot be parked is reported, with the records behind it', async () => {
    const outage = new Error('queue away');
    const { deps } = aWorld({ park: () => Promise.reject(outage) });
    const records = [aKafkaRecord({ offset: 2, value: '%' }), answering('ok', { offset: 3 })];

    const { response, summary } = await processBatch(aKafkaEvent(records), deps);

    expect(response).toEqual(failures(2, 3));
    expect(summary.failedRecords).toEqual([
      {
        topic: TOPIC,
        partition: 0,
        offset: 2,
        code: 'parking-failed',
        message: 'The dead-letter queue did not take a record that was refused as value-not-base64.',
        cause: outage,
      },
    ]);
  });

  test('is not parked when the lane stopped before it', async () => {
    const { deps, parked } = aWorld();
    const records = [answering('away', { offset: 1 }), aKafkaRecord({ offset: 2, value: '%' })];

    const { response } = await processBatch(aKafkaEvent(records), deps);

    expect(response).toEqual(failures(1, 2));
    expect(parked).toEqual([]);
  });
});

describe('a fault of ours', () => {
  test('fails the records that it happened to and no others', async () => {
    const { deps } = aWorld();
    const records = [answering('bug', { offset: 1, key: base64('a') }), answering('ok', { offset: 2 })];

    const { response, summary } = await processBatch(aKafkaEvent(records), deps);

    expect(response).toEqual(failures(1));
    expect(summary.failedRecords).toMatchObject([
      { offset: 1, code: 'unexpected', message: 'Processing threw an error.', cause: new Error('a bug') },
    ]);
  });

  test('while reading a record fails that record', async () => {
    const { deps, runs } = aWorld({
      parse: ({ offset }) => {
        if (offset === 1) throw new Error('a bug');
        return ok('ok');
      },
    });
    const records = [aKafkaRecord({ offset: 1, key: base64('a') }), aKafkaRecord({ offset: 2 })];

    const { response, summary } = await processBatch(aKafkaEvent(records), deps);

    expect(response).toEqual(failures(1));
    expect(summary.failures).toEqual({ unexpected: 1 });
    expect(runs).toEqual([[2]]);
  });

  test.each([
    ['too few', []],
    ['too many', [PROCESSED, PROCESSED]],
  ])(
    'such as %s answers fails the whole run, since it cannot be told which is whose',
    async (_story, answers) => {
      const { deps } = aWorld({ process: async () => answers });

      const { response, summary } = await processBatch(aKafkaEvent([answering('ok', { offset: 1 })]), deps);

      expect(response).toEqual(failures(1));
      expect(summary.failedRecords).toMatchObject([
        { cause: new Error(`The consumer gave ${answers.length} answers for 1 records.`) },
      ]);
    },
  );
});

describe('runs', () => {
  test('hold consecutive records of as many lanes as fit, and the next part of a lane waits for them', async () => {
    const policy = { maxConcurrentRuns: 1, maxRecordsPerRun: 3, minRemainingMs: 0 };
    const { deps, runs } = aWorld({ policy });
    const records = [1, 2, 3, 4, 5, 6].map((offset) =>
      answering('ok', { offset, key: base64(offset < 5 ? 'a' : `${offset}`) }),
    );

    const { response } = await processBatch(aKafkaEvent(records), deps);

    expect(response).toEqual(failures());
    expect(runs).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test('leave out poison, which is parked beside them', async () => {
    const policy = { maxConcurrentRuns: 1, maxRecordsPerRun: 10, minRemainingMs: 0 };
    const { deps, runs, parked } = aWorld({ policy });
    const records = [
      answering('ok', { offset: 1 }),
      aKafkaRecord({ offset: 2, value: '%' }),
      answering('ok', { offset: 3 }),
    ];

    const { response } = await processBatch(aKafkaEvent(records), deps);

    expect(response).toEqual(failures());
    expect(runs).toEqual([[1, 3]]);
    expect(parked).toEqual([2]);
  });

  test('park what cannot be read while the consumer still works on the good records', async () => {
    const policy = { maxConcurrentRuns: 1, maxRecordsPerRun: 10, minRemainingMs: 0 };
    const kept = Promise.withResolvers<undefined>();
    const { deps } = aWorld({
      policy,
      park: async () => {
        kept.resolve(undefined);
      },
      process: async (run) => {
        await kept.promise;
        return run.map(() => PROCESSED);
      },
    });
    const records = [
      answering('ok', { offset: 1 }),
      aKafkaRecord({ offset: 2, value: '%' }),
      answering('ok', { offset: 3 }),
    ];

    const { response, summary } = await processBatch(aKafkaEvent(records), deps);

    expect(response).toEqual(failures());
    expect(summary.outcomes).toMatchObject({ processed: 2, parked: 1 });
  });

  test('that consist of poison alone do not bother the consumer', async () => {
    const { deps, runs } = aWorld();

    await processBatch(aKafkaEvent([aKafkaRecord({ value: '%' })]), deps);

    expect(runs).toEqual([]);
  });

  test('keep what a consumer settled behind a failure, and hold back only what it did not get', async () => {
    const policy = { maxConcurrentRuns: 1, maxRecordsPerRun: 3, minRemainingMs: 0 };
    const { deps } = aWorld({ policy });
    const records = [
      answering('away', { offset: 1 }),
      answering('away', { offset: 2 }),
      answering('ok', { offset: 3 }),
      answering('ok', { offset: 4 }),
    ];

    const { response, summary } = await processBatch(aKafkaEvent(records), deps);

    expect(response).toEqual(failures(1, 2, 4));
    expect(summary.outcomes).toMatchObject({ processed: 1, failed: 2, heldBack: 1 });
  });
});

/** A clock that only the consumer's work moves: each record takes as many milliseconds as its offset says. */
function aWorldWithClock(remainingMs: number, minRemainingMs: number): World {
  let remaining = remainingMs;
  return aWorld({
    deadline: { remainingMs: () => remaining },
    policy: { maxConcurrentRuns: 1, maxRecordsPerRun: 1, minRemainingMs },
    process: async (records) => {
      remaining -= records[0]?.offset ?? 0;
      return records.map(() => PROCESSED);
    },
  });
}

describe('the deadline', () => {
  test.each([
    {
      story: 'the floor alone decides about the first run',
      left: 1000,
      floor: 1000,
      runs: [400],
      reported: [],
    },
    {
      story: 'a millisecond below the floor starts nothing',
      left: 999,
      floor: 1000,
      runs: [400],
      reported: [400],
    },
    { story: 'the floor still counts later', left: 1200, floor: 1000, runs: [400, 401], reported: [401] },
    { story: 'twice the slowest run fits exactly', left: 1200, floor: 0, runs: [400, 300], reported: [] },
    { story: 'twice the slowest run fits no more', left: 1199, floor: 0, runs: [400, 401], reported: [401] },
    {
      story: 'the slowest run counts, not the last',
      left: 1609,
      floor: 0,
      runs: [500, 10, 100, 1],
      reported: [1],
    },
  ])('$story', async ({ left, floor, runs, reported }) => {
    const { deps } = aWorldWithClock(left, floor);
    const records = runs.map((offset) => answering('ok', { offset, key: base64(`${offset}`) }));

    const { response } = await processBatch(aKafkaEvent(records), deps);

    expect(response).toEqual(failures(...reported));
  });

  test('reports every record that is not started', async () => {
    const { deps, parked } = aWorldWithClock(10, 1000);
    const records = [
      answering('ok', { offset: 1, key: base64('a') }),
      aKafkaRecord({ offset: 2, key: base64('b'), value: '%' }),
      answering('ok', { offset: 3, key: base64('a') }),
    ];

    const result = await processBatch(aKafkaEvent(records), deps);

    const message = 'Not started: too little time was left in this invocation.';
    expect(result).toEqual({
      response: failures(1, 2, 3),
      summary: {
        records: 3,
        outcomes: { processed: 0, duplicate: 0, skipped: 0, parked: 0, failed: 2, heldBack: 1 },
        failures: { 'out-of-time': 2 },
        skips: {},
        effects: {},
        timeliness: { inTime: 0, late: 0 },
        failedRecords: [1, 2].map((offset) => ({
          topic: TOPIC,
          partition: 0,
          offset,
          code: 'out-of-time',
          message,
        })),
      },
    });
    expect(parked).toEqual([]);
  });
});

describe('a record that is parsed later', () => {
  test('has its outcome among those of the others, whether it is good or not', async () => {
    const world = aWorld();
    const deps: BatchDependencies<Answer> = {
      ...world.deps,
      policy: { ...world.deps.policy, maxRecordsPerRun: 10 },
      parse: (record) => (record.offset === 1 ? world.deps.parse(record) : laterOf(world.deps.parse(record))),
    };
    const records = [
      answering('ok', { offset: 1, key: base64('a') }),
      answering('away', { offset: 2, key: base64('b') }),
      aKafkaRecord({ offset: 3, key: base64('c') }),
    ];

    const { response } = await processBatch(aKafkaEvent(records), deps);

    expect({ response, runs: world.runs, parked: world.parked }).toEqual({
      response: failures(2),
      runs: [[1, 2]],
      parked: [3],
    });
  });

  test('fails as unexpected when its parser rejects', async () => {
    const { deps } = aWorld({ parse: () => Promise.reject(new Error('no file')) });

    const { summary } = await processBatch(aKafkaEvent([answering('ok', { offset: 1 })]), deps);

    expect(summary.failures).toEqual({ unexpected: 1 });
  });
});

async function laterOf<T>(parsed: T): Promise<Awaited<T>> {
  return await parsed;
}
