import type { World } from '../../../cli/drill/world/world.ts';

/** What befalls the system while orders come in. */
export interface Scenario {
  /** Such as `throttle-dynamodb`. */
  readonly name: string;
  /** In a sentence, for a person. */
  readonly story: string;
  /** Times as many orders as are asked for; 1 when absent. */
  readonly orderFactor?: number;
  /** Whether orders come all at once, instead of over the time of the fault. */
  readonly isBurst?: boolean;
  /** Brings the fault about, lets it last, and takes it away again. */
  readonly disturb: (world: World, timing: Timing) => Promise<void>;
}

export interface Timing {
  /** How long a fault lasts. */
  readonly faultMs: number;
  readonly pause: (ms: number) => Promise<void>;
}
