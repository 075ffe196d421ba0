import type { Deadline } from './deadline.ts';
import type { ReceivedEvent } from './order-event.ts';
import type { ConsumerOutcome } from './record-outcome.ts';

/** Applies events of different orders, in any order or at once; one outcome for each, in the order given. */
export type SettleEvents = (
  events: readonly ReceivedEvent[],
  deadline: Deadline,
) => Promise<readonly ConsumerOutcome[]>;
