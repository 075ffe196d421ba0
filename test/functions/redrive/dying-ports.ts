import type { OperationPorts } from '../../../functions/redrive/ports.ts';

export interface DyingPorts {
  readonly ports: OperationPorts;
  /** Resolves when the process is dead. */
  readonly died: Promise<void>;
  readonly isDead: () => boolean;
}

type Call = (...inputs: never[]) => unknown;

/**
 * Ports of a process that is killed at one of its calls to the outside: an odd step is before the call has its effect, an
 * even one is after it. From then on nothing answers any more, as nothing of a killed process goes on.
 */
export function dyingPorts(ports: OperationPorts, atStep: number): DyingPorts {
  let calls = 0;
  let dead = false;
  const death = Promise.withResolvers<void>();
  const never = new Promise<never>(() => undefined);
  const die = (): Promise<never> => {
    dead = true;
    death.resolve();
    return never;
  };
  const dying =
    (call: Call): Call =>
    async (...inputs) => {
      if (dead) return never;
      calls += 1;
      const isLast = calls === Math.ceil(atStep / 2);
      if (isLast && atStep % 2 === 1) return die();
      const answer = await call(...inputs);
      return isLast || dead ? die() : answer;
    };
  const all = <T extends object>(port: T): T =>
    Object.fromEntries(
      Object.entries(port).map(([name, value]: [string, unknown]) => [
        name,
        typeof value === 'function' ? dying(value as Call) : value,
      ]),
    ) as T;
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
  };
}
