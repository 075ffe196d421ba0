import { beforeEach, expect, test } from '@jest/globals';
import { PartitionStart } from '../../../../local/event-source-mapping/poller/partition-start.ts';

type Found = ReadonlyMap<number, number>;

let calls: string[];
let answers: PromiseWithResolvers<Found>[];
let start: PartitionStart;

beforeEach(() => {
  calls = [];
  answers = [];
  start = new PartitionStart({
    reader: {
      assigned: (partitions) => calls.push(`assigned ${partitions.join()}`),
      pause: (partition) => calls.push(`pause ${partition}`),
      resume: (partition) => calls.push(`resume ${partition}`),
      seek: (partition, offset) => calls.push(`seek ${partition} to ${offset}`),
      stop: () => calls.push('stop'),
    },
    findOffsets: () => {
      const answer = Promise.withResolvers<Found>();
      answers.push(answer);
      return answer.promise;
    },
    delay: (ms) => {
      calls.push(`delay ${ms}`);
      return Promise.resolve();
    },
    failed: ({ message }) => calls.push(`failed: ${message}`),
  });
});

/** Lets everything happen that waits for nothing from outside. */
async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** What the reader was told from now on. */
function since(): () => readonly string[] {
  const from = calls.length;
  return () => calls.slice(from);
}

test('reads nothing before it is known where the partitions begin', async () => {
  start.assigned([0, 1]);
  start.resume(0);
  start.resume(1);
  await settle();

  expect(calls).toEqual(['assigned 0,1', 'pause 0', 'pause 1']);
});

test('begins a partition without a commit at its offset, and one with a commit there', async () => {
  start.assigned([0, 1]);
  start.resume(0);
  start.resume(1);
  const after = since();

  answers[0]?.resolve(new Map([[1, 7]]));
  await settle();

  expect(after()).toEqual(['resume 0', 'seek 1 to 7', 'resume 1']);
});

test('leaves a partition paused that is to be paused, until it is resumed', async () => {
  start.assigned([0]);
  start.pause(0);
  const after = since();

  answers[0]?.resolve(new Map([[0, 7]]));
  await settle();
  const beforeResume = after();
  start.resume(0);

  expect(beforeResume).toEqual(['seek 0 to 7']);
  expect(after()).toEqual(['seek 0 to 7', 'resume 0']);
});

test('lets a position that is known already win over the start', async () => {
  start.assigned([0]);
  const after = since();

  start.seek(0, 12);
  answers[0]?.resolve(new Map([[0, 7]]));
  await settle();

  expect(after()).toEqual(['seek 0 to 12', 'resume 0']);
});

test.each([
  { story: 'the next assignment', next: () => start.assigned([0]) },
  { story: 'the end', next: () => start.stop() },
])('takes no notice of an answer that comes after $story', async ({ next }) => {
  start.assigned([0]);
  next();
  const after = since();

  answers[0]?.resolve(new Map([[0, 7]]));
  await settle();

  expect(after()).toEqual([]);
});

test('asks again when the broker cannot be asked', async () => {
  start.assigned([0]);
  const after = since();

  answers[0]?.reject(new Error('no broker'));
  await settle();
  answers[1]?.resolve(new Map([[0, 7]]));
  await settle();

  expect(after()).toEqual(['failed: no broker', 'delay 500', 'seek 0 to 7', 'resume 0']);
});
