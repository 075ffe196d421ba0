import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import type { RehearsedRecord } from '../../kafka/rehearsal.ts';
import type { TopicPartitionOffset } from '../../kernel/topic-partition-offset.ts';

/** The outcome of one redriven record. */
export type Fate =
  /** Its effect is there now, and was not before. */
  | { readonly kind: 'applied' }
  /** Left out: its effect was there before, or there is nothing to do; `reason` says which. */
  | { readonly kind: 'leftOut'; readonly reason: string }
  /** Has no effect, and holds back the later records of its key. */
  | { readonly kind: 'failed'; readonly reason: string; readonly message?: string | undefined }
  /** Not tried, because of an earlier record of its key. */
  | { readonly kind: 'heldBack'; readonly behind: TopicPartitionOffset };

/** What a source gives, by partition and offset, ascending. */
export interface DriveItem {
  readonly record: Pick<KafkaRecord, 'topic' | 'partition' | 'offset' | 'key'>;
  /** Undefined for a record that is not to be tried, and holds back the later ones of its key. */
  readonly wire: KafkaRecord | undefined;
}

export interface DrivenRecord {
  readonly record: KafkaRecord;
  readonly fate: Fate;
}

/** The result of an invocation of the consumer. */
export type Delivery =
  /** The records that the consumer did not report as failed or held back count as done. */
  | { readonly kind: 'answered'; readonly failed: ReadonlySet<KafkaRecord> }
  /** A crash, the timeout, or no memory: nobody knows how far it came. */
  | { readonly kind: 'ended'; readonly error: string };

/** The ports for driving. Each call takes records of one topic, in their order of application. */
export interface DrivePorts {
  /**
   * Runs the deployed consumer's own code without effects, and returns the expected outcomes of the records in their
   * order.
   */
  readonly rehearse: (records: readonly KafkaRecord[]) => Promise<readonly RehearsedRecord[]>;
  /** Delivers the records to the one consumer, in Lambda's Kafka event with their original coordinates. */
  readonly deliver: (records: readonly KafkaRecord[]) => Promise<Delivery>;
  /** Notes that records are tried, before they are; rejects when nothing was noted, and then nothing is tried. */
  readonly begin: (records: readonly KafkaRecord[]) => Promise<void>;
  /** Stores the outcomes of records as soon as they are known. */
  readonly settle: (driven: readonly DrivenRecord[]) => Promise<void>;
  /** Whether to go on; undefined: yes. Asked before each step, so that a run which lost its lease stops. */
  readonly interruption: () => Promise<string | undefined> | string | undefined;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

export interface DriveLimits {
  /** Most records in one invocation. */
  readonly records: number;
  /** Most bytes of an invocation's event, as it is on the wire. */
  readonly bytes: number;
  /** Records a second that are handed over at most; undefined: as fast as the consumer takes them. */
  readonly perSecond?: number | undefined;
  /** Stops when more than this share of the tried records failed, in per cent. */
  readonly stopAbovePercent?: number | undefined;
}

/** The number of records by fate. */
export interface DriveCounts {
  readonly applied: number;
  readonly leftOut: number;
  readonly failed: number;
  readonly heldBack: number;
}

export interface DriveReport {
  readonly counts: DriveCounts;
  /**
   * `exhausted`: each record of the source has its fate. `interrupted`: the port said so. `stopped`: too many failed.
   */
  readonly end: 'exhausted' | 'interrupted' | 'stopped';
  /** For people: why it did not go on. */
  readonly why?: string;
}
