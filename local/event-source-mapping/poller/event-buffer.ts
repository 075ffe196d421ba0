import type { PollerCounts, PollerEvent } from './messages.ts';

/** Events that others act on at once. */
const URGENT: ReadonlySet<PollerEvent['type']> = new Set(['assigned', 'rebalancing', 'quiet', 'log']);

/**
 * The events that a poller has not sent yet. It joins those of which only the sum or the last matters, so that a
 * poller with a thousand calls a second still sends a few messages.
 */
export class EventBuffer {
  readonly #events = new Map<string, PollerEvent>();

  /** @returns whether the events should be sent at once. */
  add(event: PollerEvent): boolean {
    const key = keyOf(event) ?? `${event.type} ${this.#events.size}`;
    const before = this.#events.get(key);
    this.#events.set(key, before === undefined ? event : joined(before, event));
    return URGENT.has(event.type);
  }

  /** Returns the events in order of their first appearance, and forgets them. */
  take(): readonly PollerEvent[] {
    const events = [...this.#events.values()];
    this.#events.clear();
    return events;
  }
}

/** Names what later events of the same name replace or add to; `undefined` for an event of its own. */
function keyOf(event: PollerEvent): string | undefined {
  switch (event.type) {
    case 'consumed':
      return `consumed ${event.partition}`;
    case 'called':
      return `called ${event.call.number}`;
    case 'counted':
    case 'processed':
    case 'committed':
    case 'generation':
      return event.type;
    case 'assigned':
    case 'rebalancing':
    case 'quiet':
    case 'log':
      return undefined;
  }
}

function joined(before: PollerEvent, event: PollerEvent): PollerEvent {
  if (before.type === 'counted' && event.type === 'counted') {
    return { type: 'counted', counts: sumOf(before.counts, event.counts) };
  }
  if (before.type === 'committed' && event.type === 'committed') {
    return { type: 'committed', offsets: [...new Map([...before.offsets, ...event.offsets])] };
  }
  return event;
}

function sumOf(left: PollerCounts, right: PollerCounts): PollerCounts {
  const sum: Record<string, number> = { ...left };
  for (const [name, count] of Object.entries(right)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
