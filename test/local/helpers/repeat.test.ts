import { expect, test } from '@jest/globals';
import { repeat } from '../../../local/helpers/repeat.ts';

test('a task that fails is done again, and never again once it is stopped', async () => {
  const failures: unknown[] = [];
  const thirdTime = Promise.withResolvers<void>();
  let times = 0;

  const repetition = repeat(
    () => {
      times += 1;
      if (times === 3) thirdTime.resolve();
      return Promise.reject(new Error(`failure ${times}`));
    },
    { everyMs: 1, failed: (error) => failures.push(error) },
  );
  await thirdTime.promise;
  await repetition.stop();

  expect({ times, failures }).toStrictEqual({
    times: 3,
    failures: [new Error('failure 1'), new Error('failure 2'), new Error('failure 3')],
  });
});

test('each pause may have a length of its own', async () => {
  const pauses: number[] = [];
  const thirdTime = Promise.withResolvers<void>();

  const repetition = repeat(
    () => {
      if (pauses.length === 3) thirdTime.resolve();
      return Promise.resolve();
    },
    { everyMs: () => pauses.push(1), failed: () => undefined },
  );
  await thirdTime.promise;
  await repetition.stop();

  expect(pauses.length).toBeGreaterThanOrEqual(3);
});
