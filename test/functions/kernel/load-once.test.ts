import { expect, test } from '@jest/globals';
import { loadOnce } from '../../../functions/kernel/load-once.ts';

/** A loader that fails as often as said, and then gives how often it was asked. */
function failing(times: number): () => Promise<number> {
  let asked = 0;
  return () => {
    asked += 1;
    return asked > times ? Promise.resolve(asked) : Promise.reject(new Error('away'));
  };
}

test('what is loaded once is given to all calls, also to those that come while it loads', async () => {
  const load = loadOnce(failing(0));

  const given = await Promise.all([load(), load()]);

  expect([...given, await load()]).toEqual([1, 1, 1]);
});

test('the call after a failure loads again', async () => {
  const load = loadOnce(failing(1));

  const failed = load();

  await expect(failed).rejects.toThrow('away');
  await expect(load()).resolves.toBe(2);
});
