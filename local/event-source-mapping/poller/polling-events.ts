import type { PolledRecord } from '../record/polled-record.ts';
import { problemOf } from '../retry/mapping-problem.ts';
import type { PollerEvent } from './messages.ts';

/** @param matched - how many of the records passed the filters. */
export function eventOfPoll(polled: readonly PolledRecord[], matched: number): PollerEvent {
  return {
    type: 'counted',
    counts: {
      PolledEventCount: polled.length,
      FilteredOutEventCount: polled.length - matched,
      EventPollerThroughputInBytes: totalBytes(polled),
    },
  };
}

/**
 * Reports records that retention deleted unread, from one offset up to but excluding another. They count in no
 * metric, because the mapping did not drop them.
 *
 * @param where - topic and partition, such as `orders-3`.
 */
export function eventOfSkip(where: string, from: number, to: number): PollerEvent {
  return {
    type: 'log',
    level: 'WARN',
    code: 'OFFSET_OUT_OF_RANGE',
    message: `retention deleted the records ${from} to ${to - 1} of ${where} before they were read; reading continues at ${to}`,
  };
}

/** Reports that brokers or group cannot be reached, or reject requests. */
export function eventsOfFailure(error: Error): readonly PollerEvent[] {
  const { message } = error;
  const problem = problemOf(error);
  const what = problem === undefined ? 'Connection error' : 'Event source error';
  return [
    { type: 'counted', counts: { PollingErrorCount: 1 } },
    {
      type: 'processed',
      result: `PROBLEM: ${what}. ${message}`,
      ...(problem === undefined ? {} : { problem }),
    },
    { type: 'log', level: 'WARN', code: 'POLLING_ERROR', message: `polling failed: ${message}` },
  ];
}

function totalBytes(records: readonly PolledRecord[]): number {
  return records.reduce((sum, { key, value }) => sum + (key?.length ?? 0) + (value?.length ?? 0), 0);
}
