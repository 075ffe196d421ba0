import type { PollerMode } from '../configuration/event-source-mapping-spec.ts';

/** Returns the initial number of pollers of a mapping, and the bounds for scaling. */
export function pollerRange(
  pollers: PollerMode,
  partitionCount: number,
): { minimum: number; maximum: number } {
  const bounds =
    pollers.kind === 'provisioned' ? pollers : { minimumPollers: 1, maximumPollers: partitionCount };
  return {
    minimum: Math.min(bounds.minimumPollers, partitionCount),
    maximum: Math.min(bounds.maximumPollers, partitionCount),
  };
}
