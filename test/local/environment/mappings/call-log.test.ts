import { expect, test } from '@jest/globals';
import { CallLog, type Caller } from '../../../../local/environment/mappings/call-log.ts';
import type { FunctionCallReport } from '../../../../local/event-source-mapping/poller/function-call-report.ts';

const caller: Caller = { consumerGroupId: 'g', functionName: 'f', pid: 1 };

const aCall = (number: number): FunctionCallReport => ({
  number,
  startedAt: 10,
  attempt: 1,
  partitions: [{ partition: 0, firstOffset: 0, lastOffset: 0, records: 1 }],
});

test('a reader gets each call once for each change, in the order of the changes', () => {
  const log = new CallLog();
  const end = { endedAt: 12, outcome: 'succeeded', failed: [] } as const;
  log.note(caller, aCall(1));
  log.note(caller, aCall(2));
  const first = log.since(0);
  log.note(caller, { ...aCall(1), end });

  const second = log.since(first.revision);
  const third = log.since(second.revision);

  expect([first, second, third]).toEqual([
    {
      revision: 2,
      calls: [
        { ...caller, ...aCall(1), revision: 1 },
        { ...caller, ...aCall(2), revision: 2 },
      ],
    },
    { revision: 3, calls: [{ ...caller, ...aCall(1), end, revision: 3 }] },
    { revision: 3, calls: [] },
  ]);
});

test('an answer is limited, and the next one continues after it', () => {
  const log = new CallLog();
  for (let number = 1; number <= 600; number += 1) log.note(caller, aCall(number));

  const first = log.since(0);
  const second = log.since(first.revision);

  expect([first.calls.length, second.calls.length, second.revision]).toEqual([500, 100, 600]);
});

test('the oldest calls are forgotten beyond the latest 2000', () => {
  const log = new CallLog();
  for (let number = 1; number <= 2_001; number += 1) log.note(caller, aCall(number));

  const { calls } = log.since(0);

  expect(calls[0]?.number).toBe(2);
});
