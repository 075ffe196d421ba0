/** What the page shows of dead letters. The shapes are those of the answers of the operations of `functions/redrive`. */

/** The dead-letter queue of one consumer, as cheaply as it can be counted. */
export interface LetterQueueView {
  readonly consumer: string;
  readonly groupId: string;
  /** About how many messages wait in it; absent when the queue did not say. */
  readonly depth?: number;
  /** What is done with its letters at this moment, and how far it is. */
  readonly atWork?: string;
}

/** One record, one given-up range of offsets, or one message that says nothing. */
export interface LetterView {
  /** `<partition>:<offset>`, `<partition>:<first>-<last>`, or the id of a malformed message. */
  readonly id: string;
  readonly kind: 'parked' | 'pointer' | 'malformed';
  readonly reason: string;
  readonly partition?: number | undefined;
  readonly offset?: number | undefined;
  /** Of a range; absent where it is the same as `offset`. */
  readonly lastOffset?: number | undefined;
  readonly orderId?: string | undefined;
  /** RFC 3339. */
  readonly firstSeen: string;
  readonly messages: number;
  readonly redriven: number;
  readonly state: 'waiting' | 'held' | 'expired' | 'superseded' | 'malformed';
  /** Until the topic deletes what has to be read again; absent where nothing has. */
  readonly hoursLeft?: number | undefined;
}

export interface LetterListView {
  readonly consumer: string;
  /** Oldest records first. */
  readonly rows: readonly LetterView[];
  readonly moreRows: number;
  readonly messages: number;
  /** About how many messages others hold, so that they could not be seen. */
  readonly withOthers: number;
}

/** A letter with its record, in which contact data is masked. */
export interface ShownLetterView {
  readonly row: LetterView;
  readonly message?: string | undefined;
  readonly supersededBy?: string | undefined;
  readonly records: readonly ShownRecordView[];
  readonly moreRecords: boolean;
  readonly text?: string | undefined;
}

export interface ShownRecordView {
  readonly partition: number;
  readonly offset: number;
  /** RFC 3339. */
  readonly time: string;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value?: unknown;
  readonly valueIs: 'json' | 'text' | 'base64' | 'tombstone';
}

/** Who did what to the dead letters of a consumer, the youngest first. */
export interface JournalView {
  readonly entries: readonly JournalEntryView[];
}

export interface JournalEntryView {
  readonly runId: string;
  readonly operation: string;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly step: number;
  readonly what: string;
  /** `<partition>:<offset>` by outcome: a word, or a word and a reason. */
  readonly outcomes: Readonly<Record<string, readonly string[]>>;
}

/** What a rehearsal foretells, or a redrive did, as text for a person: the same that the command line prints. */
export interface LetterWorkView {
  readonly text: string;
}
