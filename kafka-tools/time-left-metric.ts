import type { TimeLeft, TopicRetention } from './time-left.ts';

/** One value of a custom CloudWatch metric. */
export interface TimeLeftMetric {
  readonly namespace: 'KafkaRetention';
  readonly name: 'UnreadRecordTimeLeft';
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: 'Seconds';
  readonly value: number;
}

/**
 * Returns the time for which a topic still keeps the oldest unread record of a group. A group that has read
 * everything has the full retention; a group that has lost records has 0.
 * @returns undefined when it is unknown, or nothing is ever deleted.
 */
export function groupTimeLeftMetric(
  group: { readonly groupId: string; readonly topic: string; readonly timeLeft: TimeLeft },
  retention: TopicRetention,
): TimeLeftMetric | undefined {
  const value = secondsOf(group.timeLeft, retention.ms);
  return value === undefined
    ? undefined
    : {
        namespace: 'KafkaRetention',
        name: 'UnreadRecordTimeLeft',
        dimensions: { 'Consumer Group': group.groupId, Topic: group.topic },
        unit: 'Seconds',
        value,
      };
}

function secondsOf(left: TimeLeft, fullMs: number | undefined): number | undefined {
  switch (left.kind) {
    case 'nothing':
      return fullMs === undefined ? undefined : fullMs / 1_000;
    case 'left':
      return Math.max(0, left.ms) / 1_000;
    case 'gone':
      return 0;
    case 'forEver':
    case 'unknown':
      return undefined;
  }
}
