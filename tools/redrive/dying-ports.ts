import type { LetterQueue, OperationPorts, QueueMessage } from '../../functions/redrive/ports.ts';

/** A moment of a process: just before or just after one of its calls to the outside. */
export interface KillPoint {
  /** The name of the call, such as `deliver`; undefined matches any. */
  readonly call?: string;
  /** Which of these calls, from 1. */
  readonly nth: number;
  /** `before`: the call has no effect. `after`: it has one, but nobody gets the answer. */
  readonly when: 'before' | 'after';
}

export interface DyingPorts {
  readonly ports: OperationPorts;
  /** Resolves when the process is dead. */
  readonly died: Promise<void>;
  readonly isDead: () => boolean;
  /** Makes the hidden messages of the dead process visible, as after 30 s, including those in transit to it. */
  readonly showHidden: () => Promise<void>;
}

/**
 * Wraps ports so that a process is killed at one of its outside calls. From then on no call answers, as in a killed
 * process.
 */
export function dyingPorts(ports: OperationPorts, { call: wanted, nth, when }: KillPoint): DyingPorts {
  let calls = 0;
  let dead = false;
  const hidden: HiddenMessages[] = [];
  const death = Promise.withResolvers<void>();
  const never = new Promise<never>(() => undefined);
  const die = (): Promise<never> => {
    dead = true;
    death.resolve();
    return never;
  };
  const answer = async (name: string, call: () => Promise<unknown>): Promise<unknown> => {
    if (dead) return never;
    if (wanted === undefined || wanted === name) calls += 1;
    const isLast = calls === nth && (wanted === undefined || wanted === name);
    if (isLast && when === 'before') return die();
    const answered = await call();
    return isLast || dead ? die() : answered;
  };
  const all = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...inputs: unknown[]) =>
          answer(String(name), async (): Promise<unknown> => Reflect.apply(value, target, inputs));
      },
    });
  const consumers = Object.fromEntries(
    Object.entries(ports.consumers).map(([name, consumer]) => {
      const { rehearse, deliver } = consumer;
      const letters = new HiddenMessages(consumer.letters);
      hidden.push(letters);
      return [name, { ...consumer, ...all({ rehearse, deliver }), letters: all(letters.queue) }];
    }),
  );
  return {
    ports: {
      ...ports,
      memory: all(ports.memory),
      consumers,
      every: (ms, work) => {
        const stop = ports.every(ms, work);
        void death.promise.then(stop);
        return stop;
      },
    },
    died: death.promise,
    isDead: () => dead,
    showHidden: async () => {
      for (const letters of hidden) await letters.show();
    },
  };
}

/** A queue, and what was received of it and not shown again. */
class HiddenMessages {
  readonly queue: LetterQueue;
  readonly #letters: LetterQueue;
  readonly #receipts = new Set<string>();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(letters: LetterQueue) {
    this.#letters = letters;
    this.queue = {
      remove: (receipts) => letters.remove(receipts),
      depth: () => letters.depth(),
      receive: (seconds) => this.#receive(seconds),
      release: (some) => this.#release(some),
    };
  }

  async show(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#release([...this.#receipts]);
  }

  async #receive(hiddenSeconds: number): Promise<readonly QueueMessage[]> {
    const receiving = this.#letters.receive(hiddenSeconds);
    this.#underWay.add(receiving);
    try {
      const messages = await receiving;
      for (const { receipt } of messages) this.#receipts.add(receipt);
      return messages;
    } finally {
      this.#underWay.delete(receiving);
    }
  }

  async #release(receipts: readonly string[]): Promise<void> {
    await this.#letters.release(receipts);
    for (const receipt of receipts) this.#receipts.delete(receipt);
  }
}
