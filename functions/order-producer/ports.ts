/** A record that is about to be sent: the order id is its key, so that all events of an order are in one partition. */
export interface OrderRecord {
  readonly key: string;
  readonly value: string;
}

/** The position of a record in the topic. */
export interface RecordPlace {
  readonly partition: number;
  readonly offset: number;
}

/**
 * Appends records to the topic and answers for each, in the order given, once all in-sync replicas have them. Rejects when
 * the brokers did not confirm all of them.
 */
export type AppendRecords = (records: readonly OrderRecord[]) => Promise<readonly RecordPlace[]>;
