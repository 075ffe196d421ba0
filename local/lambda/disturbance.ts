/** A trouble that somebody asked for, to see what follows. It ends by itself. */
export interface Disturbance {
  /** Milliseconds that each invocation waits before it begins. */
  readonly delayMs: number;
  /** Services that cannot be reached, as the AWS SDK spells them in its variables, such as `DYNAMODB`. */
  readonly unreachable: readonly string[];
  /** Epoch milliseconds. */
  readonly until: number;
}

/** Nothing listens on the discard port, so that connections are refused at once. */
const NOBODY = 'http://127.0.0.1:9';

/** Holds the disturbances of functions by name. */
export class Disturbances {
  readonly #byFunction = new Map<string, Disturbance>();
  readonly #now: () => number;

  /** @param now - in epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Disturbs a function until its time is over; the next disturbance takes the place of this one. */
  set(functionName: string, disturbance: Disturbance): void {
    this.#byFunction.set(functionName, disturbance);
  }

  /** Returns the disturbance that a function has now. */
  of(functionName: string): Disturbance | undefined {
    const disturbance = this.#byFunction.get(functionName);
    if (disturbance === undefined) return undefined;
    if (disturbance.until > this.#now()) return disturbance;
    this.#byFunction.delete(functionName);
    return undefined;
  }
}

/**
 * Variables by which the AWS SDK finds nobody at the services of a disturbance.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function unreachableVariables({ unreachable }: Disturbance): Readonly<Record<string, string>> {
  return Object.fromEntries(unreachable.map((service) => [`AWS_ENDPOINT_URL_${service}`, NOBODY]));
}
