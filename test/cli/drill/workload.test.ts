import { expect, test } from '@jest/globals';
import { readEvent } from '../../../audit/event/read-event.ts';
import { workload } from '../../../cli/drill/world/workload.ts';

test('a workload is the same for the same seed, to the byte', () => {
  const first = workload({ seed: 7, orders: 50 });
  const second = workload({ seed: 7, orders: 50 });

  expect(first).toEqual(second);
});

test('workloads of other seeds have other order ids', () => {
  const first = workload({ seed: 7, orders: 50 }).map(({ key }) => key);
  const second = new Set(workload({ seed: 8, orders: 50 }).map(({ key }) => key));

  expect(first.filter((key) => second.has(key))).toEqual([]);
});

test('500 orders come with cancellations, duplicates, conflicts, short orders, poison and a hot key', () => {
  const records = workload({ seed: 1, orders: 500 });

  const events = records.map(({ value }) => readEvent({ value: Buffer.from(value), timestamp: 0 }, 'USD'));
  const count = (kind: string): number => events.filter((event) => event.kind === kind).length;
  const copies = Map.groupBy(records, ({ value }) => value);
  const byKey = [...Map.groupBy(records, ({ key }) => key).values()].map(({ length }) => length);
  expect({
    cancellations: count('cancelled') > 60,
    poison: count('poison') >= 5,
    duplicates: [...copies.values()].filter(({ length }) => length > 1).length > 20,
    shortest:
      events.filter((event) => 'eventId' in event && event.eventId.startsWith('order-placed:')).length > 5,
    resent: events.some((event) => 'eventId' in event && event.eventId.endsWith('-resent')),
    conflicts: events.some((event) => 'eventId' in event && event.eventId.endsWith('-other')),
    hottestKey: Math.max(...byKey) > 40,
  }).toEqual({
    cancellations: true,
    poison: true,
    duplicates: true,
    shortest: true,
    resent: true,
    conflicts: true,
    hottestKey: true,
  });
});
