import type { TimeLeft, TopicRetention } from './time-left.ts';

/** One value of a metric of one's own in CloudWatch. */
export interface TimeLeftMetric {
  readonly namespace: 'KafkaRetention';
  readonly name: 'UnreadRecordTimeLeft';
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: 'Seconds';
  readonly value: number;
}

/**
 * How long a topic still keeps the oldest record that a group has not read. A group that has read all has as long as a record
 * that comes in now; a group that has lost records has 0.
 * @returns undefined where it is not known, or nothing is ever deleted.
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
