import type { OperationPorts } from '../../functions/redrive/ports.ts';

export interface DyingPorts {
  readonly ports: OperationPorts;
  /** Resolves when the process is dead. */
  readonly died: Promise<void>;
  readonly isDead: () => boolean;
  /** Whether it died while it held messages back from others, which come back by themselves after 30 s. */
  readonly hidesMessages: () => boolean;
}

/**
 * Ports of a process that is killed at one of its calls to the outside: an odd step is before the call has its effect, an
 * even one is after it. From then on nothing answers any more, as nothing of a killed process goes on.
 */
export function dyingPorts(ports: OperationPorts, atStep: number): DyingPorts {
  let calls = 0;
  let dead = false;
  let hidden = false;
  const death = Promise.withResolvers<void>();
  const never = new Promise<never>(() => undefined);
  const die = (): Promise<never> => {
    dead = true;
    death.resolve();
    return never;
  };
  const answer = async (name: string, call: () => Promise<unknown>): Promise<unknown> => {
    if (dead) return never;
    if (name === 'receive') hidden = true;
    if (name === 'endTurn') hidden = false;
    calls += 1;
    const isLast = calls === Math.ceil(atStep / 2);
    if (isLast && atStep % 2 === 1) return die();
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
      const { letters, rehearse, deliver } = consumer;
      return [name, { ...consumer, ...all({ rehearse, deliver }), letters: all(letters) }];
    }),
  );
  return {
    ports: { ...ports, memory: all(ports.memory), consumers },
    died: death.promise,
    isDead: () => dead,
    hidesMessages: () => hidden,
  };
}
