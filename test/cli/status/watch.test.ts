import { expect, test } from '@jest/globals';
import { watch } from '../../../cli/status/watch.ts';

test('draws again and again, until it is interrupted', async () => {
  const interruption = new AbortController();
  let drawn = 0;

  await watch(
    () => {
      drawn += 1;
      if (drawn === 3) interruption.abort();
      return Promise.resolve();
    },
    { everyMs: 1, signal: interruption.signal },
  );

  expect(drawn).toBe(3);
});

test('ends at once when it is interrupted while it waits', async () => {
  const interruption = new AbortController();
  let drawn = 0;
  const watching = watch(
    () => {
      drawn += 1;
      setImmediate(() => {
        interruption.abort();
      });
      return Promise.resolve();
    },
    { everyMs: 3_600_000, signal: interruption.signal },
  );

  await watching;

  expect(drawn).toBe(1);
});

test('fails when drawing fails', async () => {
  const { signal } = new AbortController();

  const watching = watch(() => Promise.reject(new Error('the environment is gone')), { everyMs: 1, signal });

  await expect(watching).rejects.toThrow('the environment is gone');
});
