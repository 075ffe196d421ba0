import { beforeEach, expect, test } from '@jest/globals';
import type { FetchedRecords } from '../../../../../local/event-source-mapping/poller/consumer/decode-fetched.ts';
import {
  PartitionFetcher,
  type Fetched,
} from '../../../../../local/event-source-mapping/poller/consumer/partition-fetcher.ts';
import type { PartitionStart } from '../../../../../local/event-source-mapping/poller/consumer/starting-offset.ts';
import { aPolledRecord } from '../../builders.ts';

/** A question to the brokers that the test answers. */
interface Question<Answer> {
  readonly asked: string;
  readonly answer: (answer: Answer) => Promise<void>;
  readonly refuse: (message: string) => Promise<void>;
}

let told: string[];
let fetches: Question<Fetched>[];
/** How many fetches had begun whenever those on their way were ended. */
let abandoned: number[];
/** How long each fetch may wait, in milliseconds. */
let waits: number[];
/** The answers whose records have all been delivered. */
let answers: number;
let lookUps: Question<ReadonlyMap<number, PartitionStart>>[];
let fetcher: PartitionFetcher;
let ended: Promise<void>;
/** Ends the interval after a fetch; at once, unless a test says otherwise. */
let interval: () => Promise<void>;
/** What the listener does on a delivery, beside noting it. */
let onFetched: () => void;

beforeEach(() => {
  told = [];
  onFetched = () => undefined;
  fetches = [];
  lookUps = [];
  waits = [];
  abandoned = [];
  answers = 0;
  interval = () => Promise.resolve();
  fetcher = new PartitionFetcher({
    fetch: (offsets, waitMs) => {
      waits.push(waitMs);
      return ask(fetches, text(offsets));
    },
    abandon: () => abandoned.push(fetches.length),
    findStarts: (partitions, known) =>
      ask(lookUps, [partitions.join(), ...(known.size > 0 ? [text(known)] : [])].join(' after ')),
    events: {
      fetched: (partition, records) => {
        told.push(`${partition}: ${records.map(({ offset }) => offset).join()}`);
        onFetched();
      },
      answered: () => {
        answers += 1;
      },
      skipped: (partition, from, to) => told.push(`${partition}: skipped ${from} to ${to}`),
    },
    worked: () => told.push('worked'),
    failed: ({ message }) => told.push(`failed: ${message}`),
    delay: (ms) => {
      told.push(`delay ${ms}`);
      return Promise.resolve();
    },
    interval: () => interval(),
  });
  ended = fetcher.run();
});

function text(offsets: ReadonlyMap<number, number>): string {
  return [...offsets].map(([partition, offset]) => `${partition}@${offset}`).join();
}

function ask<Answer>(questions: Question<Answer>[], question: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  questions.push({
    asked: question,
    answer: (answer) => {
      resolve(answer);
      return settle();
    },
    refuse: (message) => {
      reject(new Error(message));
      return settle();
    },
  });
  return promise;
}

/** Lets everything happen that waits for nothing from outside. */
async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function startsAt(...starts: readonly (readonly [number, number])[]): ReadonlyMap<number, PartitionStart> {
  return new Map(starts.map(([partition, offset]) => [partition, { offset, lostFrom: null }]));
}

function fetched(offsets: readonly number[], next: number): FetchedRecords {
  return { records: offsets.map((offset) => aPolledRecord({ offset })), next };
}

function asked(questions: readonly { readonly asked: string }[]): string[] {
  return questions.map((question) => question.asked);
}

/** Assigns partitions that begin at 10. */
async function assign(...partitions: readonly number[]): Promise<void> {
  fetcher.assigned(partitions);
  await settle();
  await lookUps.at(-1)?.answer(startsAt(...partitions.map((partition) => [partition, 10] as const)));
}

test('nothing is fetched before the starting offsets of the partitions are known', async () => {
  fetcher.assigned([0, 1]);
  await settle();
  const before = asked(fetches);

  await lookUps[0]?.answer(startsAt([0, 10], [1, 20]));

  expect(asked(lookUps)).toEqual(['0,1']);
  expect(before).toEqual([]);
  expect(asked(fetches)).toEqual(['0@10,1@20']);
});

test('records that retention deleted before the start are reported', async () => {
  fetcher.assigned([0]);
  await settle();

  await lookUps[0]?.answer(new Map([[0, { offset: 500, lostFrom: 100 }]]));

  expect(told).toEqual(['0: skipped 100 to 500']);
});

test('a partition that delivered records is not fetched before it is resumed, and then continues after them', async () => {
  await assign(0, 1);

  await fetches[0]?.answer(new Map([[0, fetched([10, 11], 12)]]));
  await fetches[1]?.answer(new Map());
  fetcher.resume(0);
  await fetches[2]?.answer(new Map());

  expect(asked(fetches)).toEqual(['0@10,1@10', '1@10', '1@10', '0@12,1@10']);
  expect(told.filter((line) => line !== 'worked')).toEqual(['0: 10,11']);
});

test('an answer with records of several partitions is one answer', async () => {
  await assign(0, 1);

  await fetches[0]?.answer(
    new Map([
      [0, fetched([10], 11)],
      [1, fetched([10], 11)],
    ]),
  );

  expect({ told, answers }).toEqual({ told: ['worked', '0: 10', '1: 10'], answers: 1 });
});

test('a fetch waits for five seconds, but only a moment while a paused partition may be resumed', async () => {
  await assign(0, 1);

  await fetches[0]?.answer(new Map([[0, fetched([10], 11)]]));
  fetcher.resume(0);
  await fetches[1]?.answer(new Map());

  expect(waits).toEqual([5_000, 100, 5_000]);
});

test('the next fetch begins when the interval of the one before is over', async () => {
  const over = Promise.withResolvers<void>();
  interval = () => over.promise;
  await assign(0, 1);
  await fetches[0]?.answer(new Map([[0, fetched([10], 11)]]));
  const before = asked(fetches);

  over.resolve();
  await settle();

  expect([before, asked(fetches)]).toEqual([['0@10,1@10'], ['0@10,1@10', '1@10']]);
});

test('a fetch of only markers continues after them', async () => {
  await assign(0);

  await fetches[0]?.answer(new Map([[0, fetched([], 13)]]));

  expect(asked(fetches)).toEqual(['0@10', '0@13']);
});

test('when all partitions are paused, nothing is asked until one is resumed', async () => {
  await assign(0);
  await fetches[0]?.answer(new Map([[0, fetched([10], 11)]]));
  const paused = asked(fetches);

  fetcher.resume(0);
  await settle();

  expect(paused).toEqual(['0@10']);
  expect(asked(fetches)).toEqual(['0@10', '0@11']);
});

test('records that come while their partition is paused are fetched again when it is resumed', async () => {
  await assign(0);

  fetcher.pause(0);
  await fetches[0]?.answer(new Map([[0, fetched([10], 11)]]));
  fetcher.resume(0);
  await settle();

  expect(asked(fetches)).toEqual(['0@10', '0@10']);
  expect(told).toEqual(['worked']);
});

test('records fetched under an older assignment are dropped', async () => {
  await assign(0);

  fetcher.assigned([0]);
  await fetches[0]?.answer(new Map([[0, fetched([10], 11)]]));
  await lookUps[1]?.answer(startsAt([0, 3]));

  expect(told).toEqual([]);
  expect(asked(fetches)).toEqual(['0@10', '0@3']);
});

test('a new assignment ends the fetch of the older one, which is no failure', async () => {
  await assign(0);

  fetcher.assigned([1]);
  await fetches[0]?.refuse('connection closed');
  await lookUps[1]?.answer(startsAt([1, 3]));

  expect({ abandoned, told, fetches: asked(fetches) }).toEqual({
    abandoned: [0, 1],
    told: [],
    fetches: ['0@10', '1@3'],
  });
});

test('starting offsets of an older assignment are not used for the next', async () => {
  fetcher.assigned([0]);
  await settle();

  fetcher.assigned([0]);
  await lookUps[0]?.answer(new Map([[0, { offset: 3, lostFrom: 1 }]]));
  const before = [...asked(fetches), ...told];
  await lookUps[1]?.answer(startsAt([0, 8]));

  expect(before).toEqual([]);
  expect(asked(fetches)).toEqual(['0@8']);
});

test('the other records of a fetch are dropped when a delivery ends the assignment', async () => {
  await assign(0, 1);
  onFetched = () => {
    fetcher.assigned([]);
  };

  await fetches[0]?.answer(
    new Map([
      [0, fetched([10], 11)],
      [1, fetched([10], 11)],
    ]),
  );

  expect(told).toEqual(['worked', '0: 10']);
});

test('a partition whose position is out of range is looked up again, and the others continue', async () => {
  await assign(0, 1);

  await fetches[0]?.answer(
    new Map<number, FetchedRecords | 'outOfRange'>([
      [0, 'outOfRange'],
      [1, fetched([10], 11)],
    ]),
  );
  await lookUps[1]?.answer(new Map([[0, { offset: 500, lostFrom: 10 }]]));

  expect(asked(lookUps)).toEqual(['0,1', '0 after 0@10']);
  expect(told).toEqual(['worked', '1: 10', '0: skipped 10 to 500']);
  expect(asked(fetches)).toEqual(['0@10,1@10', '0@500']);
});

test('brokers that do not answer are reported, and asked again after a while', async () => {
  fetcher.assigned([0]);
  await settle();

  await lookUps[0]?.refuse('no broker');
  await lookUps[1]?.answer(startsAt([0, 10]));
  await fetches[0]?.refuse('no leader');

  expect(told).toEqual(['failed: no broker', 'delay 500', 'failed: no leader', 'delay 500']);
  expect(asked(fetches)).toEqual(['0@10', '0@10']);
});

test('nothing is asked once it is stopped', async () => {
  await assign(0);

  fetcher.stop();
  await fetches[0]?.answer(new Map([[0, fetched([10], 11)]]));
  await ended;

  expect(asked(fetches)).toEqual(['0@10']);
  expect(told).toEqual([]);
});
