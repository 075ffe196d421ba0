import { describe, expect, test } from '@jest/globals';
import type { StatusReport } from '../../../cli/status/status-report.ts';
import { statusText, type Paint } from '../../../cli/status/status-text.ts';
import { byConsumer } from '../../../lib/topology/by-consumer.ts';
import { topology } from '../../../lib/topology/topology.ts';

const plain: Paint = (_style, text) => text;

function aReport(overrides: Partial<StatusReport> = {}): StatusReport {
  return {
    target: 'the local environment',
    topic: 'order-events',
    groups: [],
    timesLeft: [],
    deadLetterTimes: byConsumer(() => ({ kind: 'nothing' })),
    deadLetterQueues: byConsumer(() => 0),
    mappings: [],
    diagnosis: { ok: true, takenAt: 0, checks: [] },
    ...overrides,
  };
}

describe('the status for a person', () => {
  test('shows members with their partitions, and partitions with their offsets', () => {
    const report = aReport({
      groups: [
        {
          groupId: 'billing-group',
          state: 'Stable',
          lag: { kind: 'known', lag: 3 },
          members: [
            {
              memberId: 'poller-aaaa',
              clientId: 'poller',
              host: '127.0.0.1',
              partitions: [{ topic: 'order-events', partitions: [0, 1] }],
            },
            { memberId: 'poller-bbbb', clientId: 'poller', host: '127.0.0.1', partitions: [] },
          ],
          partitions: [
            {
              topic: 'order-events',
              partition: 0,
              memberId: 'poller-aaaa',
              lag: { kind: 'known', lag: 1, expired: 0, committed: 9, start: 0, end: 10 },
            },
            {
              topic: 'order-events',
              partition: 1,
              memberId: 'poller-aaaa',
              lag: { kind: 'known', lag: 2, expired: 0, committed: undefined, start: 5, end: 7 },
            },
            {
              topic: 'gone',
              partition: 0,
              memberId: undefined,
              lag: { kind: 'unknown', reason: 'topic-gone' },
            },
          ],
        },
      ],
    });

    const text = statusText(report, { paint: plain, now: 0 });

    expect(text.split('\n')).toEqual([
      'the local environment, topic order-events',
      '',
      'billing-group  Stable, 2 members, lag 3',
      ' #  client  member  host       partitions',
      ' 1  poller  aaaa    127.0.0.1  order-events 0-1',
      ' 2  poller  bbbb    127.0.0.1  none, idle',
      ' partition          committed  end                  lag  member',
      ' order-events-0             9   10                    1  #1',
      ' order-events-1  none, from 5    7                    2  #1',
      ' gone-0                     ?    ?  unknown: topic-gone  nobody',
      '',
      `dead-letter queues  ${topology.consumers.map(({ name }) => `${name} 0`).join(', ')}`,
      '',
      'doctor  no finding in 0 checks',
    ]);
  });

  test('shows the known part of a lag when not all of it is known', () => {
    const report = aReport({
      groups: [
        {
          groupId: 'g',
          state: 'Empty',
          lag: { kind: 'unknown', atLeast: 4, reasons: ['topic-gone'] },
          members: [],
          partitions: [],
        },
      ],
    });

    const text = statusText(report, { paint: plain, now: 0 });

    expect(text).toContain('g  Empty, 0 members, lag unknown, at least 4 (topic-gone)');
  });

  test('shows the pollers of this machine with their process ids', () => {
    const report = aReport({
      mappings: [
        {
          uuid: 'u',
          functionName: 'billing',
          consumerGroupId: 'billing-group',
          topic: 'order-events',
          state: 'Enabled',
          stateTransitionReason: 'FUNCTION_CONFIG_NOT_VALID',
          generationId: 4,
          pollerOverride: 2,
          givenUp: { delivered: 0, dropped: 0 },
          pollers: [
            { pid: 4711, partitions: [0, 1, 2, 5], recordsInvoked: 12, lastCommitAt: 10_000 },
            { pid: 4712, partitions: [], recordsInvoked: 0 },
          ],
        },
      ],
    });

    const text = statusText(report, { paint: plain, now: 13_000 });

    expect(text.split('\n').slice(4, 9)).toEqual([
      'mapping billing-group to billing  Enabled (FUNCTION_CONFIG_NOT_VALID), 2 pollers, generation 4, pollers set to 2',
      '  pid  partitions  records  last commit',
      ' 4711  0-2, 5           12  3 s ago',
      ' 4712  none, idle        0  none yet',
      '',
    ]);
  });

  test('shows discarded records, which lag does not show', () => {
    const report = aReport({
      mappings: [
        {
          uuid: 'u',
          functionName: 'billing',
          consumerGroupId: 'billing-group',
          topic: 'order-events',
          state: 'Enabled',
          givenUp: { delivered: 12, dropped: 3 },
          pollers: [],
        },
      ],
    });

    const text = statusText(report, { paint: plain, now: 0 });

    expect(text.split('\n').slice(4, 7)).toEqual([
      'mapping billing-group to billing  Enabled, 0 pollers',
      '  12 discarded to the dead-letter queue, as pointers to their offsets',
      '  3 LOST: discarded, and in no queue; see the log',
    ]);
  });

  test('stays within 100 columns, however long the names are', () => {
    const long = 'x'.repeat(200);
    const report = aReport({
      groups: [
        {
          groupId: 'group',
          state: 'CompletingRebalance',
          lag: { kind: 'known', lag: 123_456_789 },
          members: [
            {
              memberId: long,
              clientId: long,
              host: long,
              partitions: [{ topic: long, partitions: [1, 3, 5, 7] }],
            },
          ],
          partitions: [
            {
              topic: long,
              partition: 1,
              memberId: long,
              lag: {
                kind: 'known',
                lag: 123_456_789,
                expired: 0,
                committed: undefined,
                start: 0,
                end: 123_456_789,
              },
            },
          ],
        },
      ],
    });

    const text = statusText(report, { paint: plain, now: 0 });

    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  test('says that there is no group yet', () => {
    const text = statusText(aReport(), { paint: plain, now: 0 });

    expect(text).toContain('The broker has no consumer group yet.');
  });

  test('colours a queue with messages red', () => {
    const report = aReport({ deadLetterQueues: { ...byConsumer(() => 0), billing: 2 } });

    const text = statusText(report, { paint: (style, part) => `<${style}>${part}`, now: 0 });

    expect(text).toContain('billing <red>2, inventory 0');
  });

  test("ends with the doctor's findings, in one line", () => {
    const found = { kind: 'finding', findings: [{ evidence: 'e', todo: 't' }] } as const;
    const report = aReport({
      diagnosis: {
        ok: false,
        takenAt: 0,
        checks: [
          { name: 'intruder', matters: 'm', verdict: found },
          { name: 'hot-key', matters: 'm', verdict: { kind: 'unknown', reason: 'r' } },
        ],
      },
    });

    const text = statusText(report, { paint: (style, part) => `<${style}>${part}`, now: 0 });

    expect(text.split('\n').at(-1)).toBe(
      'doctor  <red>intruder; 1 check could not look; what it is and what to do: orders doctor',
    );
  });
});
