/** Work that needs brokers which may still be starting, such as the creation of topics. It is done once, in order. */
export class BrokerWork {
  readonly #ready: Promise<void>;
  readonly #waiting: (() => Promise<void>)[] = [];
  #done: Promise<void> | undefined;

  /** @param ready - resolves when the brokers answer; rejects when they never will. */
  constructor(ready: Promise<void> = Promise.resolve()) {
    this.#ready = ready;
  }

  add(work: () => Promise<void>): void {
    this.#waiting.push(work);
  }

  /** Does what was added, as soon as the brokers answer. Later calls wait for the first. @throws the error of the work. */
  done(): Promise<void> {
    return (this.#done ??= this.#doAll());
  }

  async #doAll(): Promise<void> {
    await this.#ready;
    for (const work of this.#waiting) await work();
  }
}
