import { throttled } from './service-errors.ts';

/** Gives back a place in the limit; to be called once. */
export type Release = () => void;

/**
 * Counts what runs. A function with reserved concurrency has places of its own; the others share what the account has.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export class Concurrency {
  readonly #accountLimit: number;
  readonly #running = new Map<string, number>();
  #shared = 0;

  constructor(accountLimit: number) {
    this.#accountLimit = accountLimit;
  }

  /** Takes a place, or throws the `ServiceError` of a throttled invocation. */
  acquire(functionName: string, reserved: number | undefined): Release {
    return reserved === undefined ? this.#acquireShared() : this.#acquireReserved(functionName, reserved);
  }

  #acquireShared(): Release {
    if (this.#shared >= this.#accountLimit) throw throttled('ConcurrentInvocationLimitExceeded');
    this.#shared += 1;
    return () => {
      this.#shared -= 1;
    };
  }

  #acquireReserved(functionName: string, reserved: number): Release {
    const running = this.#running.get(functionName) ?? 0;
    if (running >= reserved) throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
    this.#running.set(functionName, running + 1);
    return () => {
      this.#running.set(functionName, (this.#running.get(functionName) ?? 1) - 1);
    };
  }
}
