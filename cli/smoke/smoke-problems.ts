import { topology } from '../../lib/topology/topology.ts';
import type { DeadLetterDepths } from '../status/dead-letter-depths.ts';
import type { HandledOrders } from '../consumers/handled-orders.ts';

/** The groups that have not handled all orders yet, a sentence each. */
export function unhandled(orderIds: readonly string[], handled: HandledOrders): readonly string[] {
  return topology.consumers.flatMap(({ name }) => {
    const missing = orderIds.filter((id) => !handled[name].includes(id));
    return missing.length === 0
      ? []
      : [`${name} has not handled ${missing.length} of ${orderIds.length} orders: ${missing.join(', ')}`];
  });
}

/** The queues that have more messages than before, a sentence each. */
export function newDeadLetters(before: DeadLetterDepths, after: DeadLetterDepths): readonly string[] {
  return topology.consumers.flatMap(({ name }) =>
    after[name] > before[name]
      ? [`the dead-letter queue of ${name} went from ${before[name]} to ${after[name]} messages`]
      : [],
  );
}
