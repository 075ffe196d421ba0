/**
 * What befalls a request.
 *
 * | kind | what happens |
 * |---|---|
 * | `throttle` | the service says that it is asked too often, in its own words |
 * | `error` | 500 or 503; nothing is done |
 * | `reset` | the connection is reset before the service gets the request |
 * | `slow` | the service does its work two seconds late |
 * | `lostAnswer` | the service does its work, and the connection is reset in place of the answer |
 * | `silence` | the service takes the request, does nothing and says nothing; the connection stays open |
 */
export type FaultKind = 'throttle' | 'error' | 'reset' | 'slow' | 'lostAnswer' | 'silence';

/** Faults of one kind for a share of the requests, from 0 to 1. */
export interface FaultRule {
  readonly kind: FaultKind;
  readonly share: number;
}

/** Decides the fate of the next request; `random` is in [0, 1). */
export function faultFor(rule: FaultRule | undefined, random: () => number): FaultKind | undefined {
  return rule !== undefined && random() < rule.share ? rule.kind : undefined;
}
