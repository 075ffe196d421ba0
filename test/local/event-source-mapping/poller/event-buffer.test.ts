import { expect, test } from '@jest/globals';
import { EventBuffer } from '../../../../local/event-source-mapping/poller/event-buffer.ts';
import type { FunctionCallReport } from '../../../../local/event-source-mapping/poller/function-call-report.ts';
import type { PollerEvent } from '../../../../local/event-source-mapping/poller/messages.ts';

const call: FunctionCallReport = { number: 7, startedAt: 1_000, attempt: 1, partitions: [] };

const endedCall: FunctionCallReport = {
  ...call,
  end: { endedAt: 1_010, outcome: 'succeeded', requestId: 'r-1', failed: [] },
};

function bufferOf(...events: readonly PollerEvent[]): EventBuffer {
  const buffer = new EventBuffer();
  for (const event of events) buffer.add(event);
  return buffer;
}

test('joins counts to their sum, and keeps the last of what replaces its like', () => {
  const buffer = bufferOf(
    { type: 'counted', counts: { PolledEventCount: 3 } },
    { type: 'processed', result: 'PROBLEM: Function call failed' },
    { type: 'consumed', partition: 0, offset: 5 },
    { type: 'consumed', partition: 1, offset: 2 },
    { type: 'called', call },
    { type: 'counted', counts: { PolledEventCount: 4, InvokedEventCount: 3 } },
    { type: 'called', call: endedCall },
    { type: 'processed', result: 'OK' },
    { type: 'consumed', partition: 0, offset: 9 },
    { type: 'committed', offsets: [[0, 6]] },
    {
      type: 'committed',
      offsets: [
        [1, 3],
        [0, 10],
      ],
    },
  );

  const events = buffer.take();

  expect(events).toEqual([
    { type: 'counted', counts: { PolledEventCount: 7, InvokedEventCount: 3 } },
    { type: 'processed', result: 'OK' },
    { type: 'consumed', partition: 0, offset: 9 },
    { type: 'consumed', partition: 1, offset: 2 },
    { type: 'called', call: endedCall },
    {
      type: 'committed',
      offsets: [
        [0, 10],
        [1, 3],
      ],
    },
  ]);
});

test('keeps every log line and every change of the group, in order', () => {
  const events: readonly PollerEvent[] = [
    { type: 'log', level: 'WARN', code: 'POLLING_ERROR', message: 'polling failed' },
    { type: 'rebalancing' },
    { type: 'log', level: 'WARN', code: 'POLLING_ERROR', message: 'polling failed' },
    { type: 'assigned', memberId: 'm-1', partitions: [0] },
  ];

  const taken = bufferOf(...events).take();

  expect(taken).toEqual(events);
});

test.each<[PollerEvent, boolean]>([
  [{ type: 'quiet' }, true],
  [{ type: 'assigned', memberId: 'm-1', partitions: [] }, true],
  [{ type: 'rebalancing' }, true],
  [{ type: 'log', level: 'ERROR', code: 'X', message: 'x' }, true],
  [{ type: 'counted', counts: {} }, false],
  [{ type: 'called', call }, false],
  [{ type: 'generation', generationId: 3 }, false],
])('says whether somebody acts at once on %j', (event, isUrgent) => {
  const urgent = new EventBuffer().add(event);

  expect(urgent).toBe(isUrgent);
});

test('is empty after its events were taken', () => {
  const buffer = bufferOf({ type: 'quiet' });
  buffer.take();

  const again = buffer.take();

  expect(again).toEqual([]);
});
