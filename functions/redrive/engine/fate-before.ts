import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import type { RehearsedRecord } from '../../kafka/rehearsal.ts';
import type { Fate } from './ports.ts';

/** The fate of a record that is missing in a rehearsal's answer. */
export const NO_ANSWER: Fate = {
  kind: 'failed',
  reason: 'no-answer',
  message: 'The rehearsal did not answer for this record.',
};

/** The fate that a rehearsal alone gives a record. Undefined: worth a delivery. */
export function fateBefore(rehearsed: RehearsedRecord | undefined): Fate | undefined {
  switch (rehearsed?.outcome) {
    case 'processed':
    case 'heldBack':
      return undefined;
    case 'duplicate':
      return { kind: 'leftOut', reason: 'duplicate' };
    case 'skipped':
      return { kind: 'leftOut', reason: rehearsed.reason ?? 'skipped' };
    case 'poison':
    case 'failed':
      return { kind: 'failed', reason: rehearsed.reason ?? 'unexpected', message: rehearsed.message };
    case undefined:
      return NO_ANSWER;
  }
}

/** The fate of a record behind one of its key that has no effect. */
export function heldBack({ topic, partition, offset }: KafkaRecord): Fate {
  return { kind: 'heldBack', behind: { topic, partition, offset } };
}
