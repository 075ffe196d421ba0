import { describe, expect, test } from '@jest/globals';
import type { RecordSender, RecordToSend } from '@order-events/kafka-tools';
import { sendRecords, type Clock } from '../../../cli/produce/send-records.ts';

/** A clock on which time passes only while somebody sleeps. */
function fakeClock(): Clock & { readonly sleeps: number[] } {
  let time = 1_000;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => time,
    sleep: (ms) => {
      sleeps.push(ms);
      time += ms;
      return Promise.resolve();
    },
  };
}

/** Acknowledges everything in partition 0. */
function fakeSender(): RecordSender & { readonly chunks: number[] } {
  const chunks: number[] = [];
  let offset = 0;
  return {
    chunks,
    send: (records) => {
      chunks.push(records.length);
      return Promise.resolve(
        records.map((record) => {
          offset += 1;
          return { record, partition: 0, offset: offset - 1 };
        }),
      );
    },
  };
}

function someRecords(count: number): RecordToSend[] {
  return Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: '{}' }));
}

describe('sending records', () => {
  test('returns the position of each record, in the order of sending', async () => {
    const records = someRecords(3);

    const sent = await sendRecords(records, fakeSender(), { clock: fakeClock() }, () => undefined);

    expect(sent).toEqual(records.map((record, offset) => ({ record, partition: 0, offset })));
  });

  test('goes as fast as it can without a rate, in large chunks', async () => {
    const clock = fakeClock();
    const sender = fakeSender();

    await sendRecords(someRecords(1_200), sender, { clock }, () => undefined);

    expect(sender.chunks).toEqual([500, 500, 200]);
    expect(clock.sleeps).toEqual([]);
  });

  test.each([
    { ratePerSecond: 2, count: 4, chunks: [1, 1, 1, 1], sleeps: [500, 500, 500] },
    { ratePerSecond: 20, count: 6, chunks: [2, 2, 2], sleeps: [100, 100] },
    { ratePerSecond: 0.5, count: 2, chunks: [1, 1], sleeps: [2_000] },
  ])(
    'spreads $count records at $ratePerSecond a second',
    async ({ ratePerSecond, count, chunks, sleeps }) => {
      const clock = fakeClock();
      const sender = fakeSender();

      await sendRecords(someRecords(count), sender, { ratePerSecond, clock }, () => undefined);

      expect(sender.chunks).toEqual(chunks);
      expect(clock.sleeps).toEqual(sleeps);
    },
  );

  test('tells how many are acknowledged after each chunk', async () => {
    const counts: number[] = [];

    await sendRecords(someRecords(1_001), fakeSender(), { clock: fakeClock() }, (count) => {
      counts.push(count);
    });

    expect(counts).toEqual([500, 1_000, 1_001]);
  });

  test('stops at the first chunk that is not acknowledged', async () => {
    const counts: number[] = [];
    const sender = fakeSender();
    const failing: RecordSender = {
      send: (records) =>
        sender.chunks.length === 1 ? Promise.reject(new Error('broker gone')) : sender.send(records),
    };

    const sending = sendRecords(someRecords(1_500), failing, { clock: fakeClock() }, (count) => {
      counts.push(count);
    });

    await expect(sending).rejects.toThrow('broker gone');
    expect(counts).toEqual([500]);
  });
});
