import type { GroupTimeLeft } from '@order-events/kafka-tools';
import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { counted, verdictOf, type Finding, type Verdict } from '../verdict.ts';

const HOUR_MS = 3_600_000;
/** The minimum time left: one day, so that somebody has a working day to react. */
const SOON_MS = 24 * HOUR_MS;

/** Finds records that the topic deletes before a group has read them. */
export const retention: Check = {
  name: 'retention',
  matters:
    'Kafka deletes records when their retention ends, even if a group has not read them. Nothing reports it: lag even falls.',
  look: lookForRetention,
};

function lookForRetention({ timesLeft, consumers }: Facts): Verdict {
  if (timesLeft.kind === 'unknown') return timesLeft;
  const own = timesLeft.value.filter(({ groupId }) =>
    consumers.some((consumer) => consumer.groupId === groupId),
  );
  const findings = own.flatMap(atRisk);
  const unknown = own.find(({ timeLeft }) => timeLeft.kind === 'unknown');
  if (findings.length === 0 && unknown?.timeLeft.kind === 'unknown') {
    return { kind: 'unknown', reason: `of ${unknown.groupId}: ${unknown.timeLeft.reason}` };
  }
  return verdictOf(findings, 'every unread record is kept for at least a day');
}

function atRisk({ groupId: group, timeLeft, partition, offset }: GroupTimeLeft): readonly Finding[] {
  const where = partition === undefined ? '' : ` (partition ${partition}, offset ${offset})`;
  if (timeLeft.kind === 'gone') {
    return [
      {
        group,
        evidence: `${counted(timeLeft.records, 'record')} were deleted before they were read${where}.`,
        todo: 'The topic no longer has them: ask the producer to send them again, and raise the retention.',
      },
    ];
  }
  if (timeLeft.kind !== 'left' || timeLeft.ms >= SOON_MS) return [];
  const hours = Math.max(0, Math.floor(timeLeft.ms / HOUR_MS));
  return [
    {
      group,
      evidence: `its oldest unread record${where} is kept for ${counted(hours, 'hour')} more, limited by ${timeLeft.because}.`,
      todo: 'First raise the retention of the topic, which takes effect at once and loses nothing. Then find out why the group is behind.',
    },
  ];
}
