import type { MappingReport } from '#msk-local/environment/control/mapping-report.ts';
import type { Diagnosis } from '../../doctor/index.ts';
import type { Target } from '../connection/target.ts';
import { readTimesLeft } from '../doctor/read-times-left.ts';
import { quickDiagnosis } from '../doctor/run-doctor.ts';
import { readGroups, type GroupTimeLeft } from '@order-events/kafka-tools';
import { readDeadLetterDepths, type DeadLetterDepths } from './dead-letter-depths.ts';
import { readDeadLetterTimes, type DeadLetterTimes } from './dead-letter-times.ts';
import type { GroupReport } from '@order-events/kafka-tools';

/** The content of `orders status`, and the JSON of its `--json`. */
export interface StatusReport {
  readonly target: string;
  readonly topic: string;
  readonly groups: readonly GroupReport[];
  /** For each group of the topic, how long its oldest unread record is kept. */
  readonly timesLeft: readonly GroupTimeLeft[];
  readonly deadLetterQueues: DeadLetterDepths;
  /** The time for which the first message of each queue, or a record that it points to, is kept. */
  readonly deadLetterTimes: DeadLetterTimes;
  /** None for a stage on AWS. */
  readonly mappings: readonly MappingReport[];
  readonly diagnosis: Diagnosis;
}

export async function readStatus(target: Target): Promise<StatusReport> {
  const [groups, deadLetterQueues] = await Promise.all([
    target.kafka().then(readGroups),
    readDeadLetterDepths(target),
  ]);
  // After the groups, so that every member of theirs has come to be known as a poller.
  const mappings = await target.mappings();
  const { timesLeft, retention } = await readTimesLeft(target, groups);
  return {
    target: target.name,
    topic: target.outputs.topicName,
    groups,
    timesLeft,
    deadLetterQueues,
    deadLetterTimes: await readDeadLetterTimes(target, deadLetterQueues, { retention, groups }),
    mappings,
    diagnosis: await quickDiagnosis(target, groups, timesLeft),
  };
}
