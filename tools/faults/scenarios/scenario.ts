import type { World } from '../../../cli/drill/world/world.ts';

/** A fault of the system while orders come in. */
export interface Scenario {
  /** Such as `throttle-dynamodb`. */
  readonly name: string;
  /** A description in one sentence. */
  readonly story: string;
  /** Factor on the number of orders; 1 when absent. */
  readonly orderFactor?: number;
  /** True sends all orders at once, instead of over the time of the fault. */
  readonly isBurst?: boolean;
  /** Starts the fault, keeps it for its duration, and ends it. */
  readonly disturb: (world: World, timing: Timing) => Promise<void>;
}

export interface Timing {
  /** How long a fault lasts. */
  readonly faultMs: number;
  readonly pause: (ms: number) => Promise<void>;
}
