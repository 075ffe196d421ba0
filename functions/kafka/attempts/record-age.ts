import type { KafkaRecord } from '../kafka-event.ts';

/**
 * Milliseconds since a record was written, by the clock of its producer. A time in the future counts as an age too: a clock
 * that is wrong must not keep a record young for ever.
 */
export function recordAgeMs({ timestamp }: KafkaRecord, nowMs: number): number {
  return Math.abs(nowMs - timestamp);
}
