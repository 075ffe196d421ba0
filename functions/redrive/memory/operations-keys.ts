/** Keys of the operations table. Names of consumers and topics hold no `#`. */
export const operationsKeys = {
  turn: (consumer: string) => ({ pk: `QUEUE#${consumer}`, sk: 'TURN' }),
  lease: (consumer: string) => ({ pk: `QUEUE#${consumer}`, sk: 'LEASE' }),
  /** What is known of the records of one partition, in the order of their offsets. */
  histories: (consumer: string, partition: number) => `RECORDS#${consumer}#${partition}`,
  supersessions: (topic: string, partition: number) => `SUPERSEDED#${topic}#${partition}`,
  journal: (consumer: string) => `JOURNAL#${consumer}`,
  offset: (offset: number) => String(offset).padStart(OFFSET_DIGITS, '0'),
} as const;

/** Of the largest offset that a JSON number holds. */
const OFFSET_DIGITS = 16;
