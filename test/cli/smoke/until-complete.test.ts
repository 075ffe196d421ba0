import { expect, test } from '@jest/globals';
import { untilComplete } from '../../../cli/smoke/until-complete.ts';

/** Answers one list after another, the last one again and again. */
function looks(...lists: readonly (readonly string[])[]): () => Promise<readonly string[]> {
  let index = -1;
  return () => {
    index = Math.min(index + 1, lists.length - 1);
    return Promise.resolve(lists[index] ?? []);
  };
}

test('missing metrics are looked for until they exist, and reported each time', async () => {
  const told: (readonly string[])[] = [];

  const missing = await untilComplete(looks(['a', 'b'], ['b'], []), {
    timeoutMs: 10_000,
    everyMs: 1,
    onWait: (list) => told.push(list),
  });

  expect({ missing, told }).toEqual({ missing: [], told: [['a', 'b'], ['b']] });
});

test('metrics that are still missing when the time is over are the answer', async () => {
  const missing = await untilComplete(looks(['a']), { timeoutMs: 0, everyMs: 1, onWait: () => undefined });

  expect(missing).toEqual(['a']);
});
