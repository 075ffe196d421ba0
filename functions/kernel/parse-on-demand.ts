import type { ReceivedEvent } from './order-event.ts';
import type { parseOrderEvent } from './parse-order-event.ts';
import { readOrderPlaced } from './read-order-placed.ts';
import type { PoisonFailure } from './record-failure.ts';
import { ok, type Result } from './result.ts';
import type { ShortestOrderContext } from './shortest-order.ts';

type Parsed = Result<ReceivedEvent, PoisonFailure>;

let parse: typeof parseOrderEvent | undefined;

/**
 * Parses a value like `parseOrderEvent`, but loads the schemas only for the first event that is no good order: they take longer
 * to build than all other code of a consumer that starts.
 */
export function parseOnDemand(value: unknown, context: ShortestOrderContext): Parsed | Promise<Parsed> {
  const order = readOrderPlaced(value);
  if (order !== undefined) return ok(order);
  return parse === undefined ? parseLater(value, context) : parse(value, context);
}

async function parseLater(value: unknown, context: ShortestOrderContext): Promise<Parsed> {
  const loaded = await import('./parse-order-event.ts');
  parse = loaded.parseOrderEvent;
  return parse(value, context);
}
