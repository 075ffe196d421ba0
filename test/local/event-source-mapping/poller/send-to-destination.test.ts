import { expect, test } from '@jest/globals';
import { deliver } from '../../../../local/event-source-mapping/poller/send-to-destination.ts';

/** A destination that refuses so many documents before it takes one. */
function aDestination(refusals: number) {
  const seen = { sent: 0, waits: [] as number[] };
  const send = (): Promise<void> => {
    seen.sent += 1;
    return seen.sent > refusals ? Promise.resolve() : Promise.reject(new Error(`away ${seen.sent}`));
  };
  const waitBefore = (tries: number): Promise<void> => {
    seen.waits.push(tries);
    return Promise.resolve();
  };
  return { seen, send, waitBefore };
}

test('ESM-101 a destination that is away for two tries gets the document with the third', async () => {
  const { seen, send, waitBefore } = aDestination(2);

  const result = await deliver(send, { tries: 3, waitBefore });

  expect(result).toEqual({ kind: 'delivered' });
  expect(seen).toEqual({ sent: 3, waits: [1, 2] });
});

test('ESM-101 ESM-082 a destination that is unavailable for longer fails the delivery, with its last error', async () => {
  const { seen, send, waitBefore } = aDestination(10);

  const result = await deliver(send, { tries: 3, waitBefore });

  expect(result).toEqual({ kind: 'failed', error: new Error('away 3') });
  expect(seen).toEqual({ sent: 3, waits: [1, 2] });
});
