/** What experiments do to the running environment. */
export interface ConsoleActions {
  /** Sends test orders. @param progress - hears how many the brokers have. */
  readonly produce: (
    wish: { readonly count: number; readonly ratePerSecond: number | undefined },
    progress: (sent: number) => void,
  ) => Promise<void>;
  /** Sends a record that no consumer can ever process. @returns its key. */
  readonly poison: (kind: PoisonKind) => Promise<string>;
  /** @param count - `null` gives scaling back to the mapping. */
  readonly setPollers: (group: string, count: number | null) => Promise<void>;
  readonly killPoller: (group: string, pid: number) => Promise<void>;
  /** Slows a group's function down, or takes its table away, for a while. */
  readonly disturb: (
    group: string,
    disturbance: { readonly delayMs: number; readonly storeIsGone: boolean; readonly forMs: number },
  ) => Promise<void>;
  /** Lets a consumer that has nothing of this project join a group. @returns what lets it leave. */
  readonly joinFromOutside: (group: string) => Promise<() => Promise<void>>;
  /**
   * Waits until nobody writes and all is handled, adds partitions, and waits until the groups have them; Kafka cannot take them
   * away again. @param progress - hears what is waited for. @throws {Error} saying what is in the way.
   */
  readonly growTopic: (partitions: number, progress: (text: string) => void) => Promise<void>;
}

export const POISON_KINDS = ['amount', 'not-json', 'wrong-shape'] as const;

export type PoisonKind = (typeof POISON_KINDS)[number];
