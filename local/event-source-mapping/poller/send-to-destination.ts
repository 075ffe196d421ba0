import type { EventOrigin } from '../build-kafka-event.ts';
import type { Discard } from '../retry-decision.ts';
import type { PollerSettings } from './messages.ts';
import type { DeliveryResult } from './run-batch.ts';

export function createDestination(
  _settings: PollerSettings,
  _origin: EventOrigin,
): (discard: Discard) => Promise<DeliveryResult> {
  return () => Promise.resolve({ kind: 'noDestination' });
}
