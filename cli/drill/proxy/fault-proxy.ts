import type { FaultRule } from './fault-rule.ts';
import { ServiceProxy, type ProxySurroundings } from './service-proxy.ts';
import { SERVICE_NAMES, SERVICES, type Service } from './services.ts';
import type { Trap } from './trap.ts';

/** Stands between the functions and the emulator, with a port for each service. */
export class FaultProxy {
  readonly #proxies: ReadonlyMap<Service, ServiceProxy>;

  readonly #witness: ProxySurroundings['witness'];

  constructor(surroundings: ProxySurroundings) {
    this.#witness = surroundings.witness;
    this.#proxies = new Map(SERVICE_NAMES.map((name) => [name, new ServiceProxy(name, surroundings)]));
  }

  async listen(): Promise<void> {
    await Promise.all([...this.#proxies.values()].map((proxy) => proxy.listen()));
  }

  /** As an environment's options name them. */
  get endpoints(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#proxies].map(([name, { endpoint }]) => [SERVICES[name], endpoint]));
  }

  /** Waits until every request that is on its way now has come to its end. */
  async idle(): Promise<void> {
    await Promise.all([...this.#proxies.values()].map((proxy) => proxy.idle()));
  }

  get injected(): number {
    return [...this.#proxies.values()].reduce((sum, { injected }) => sum + injected, 0);
  }

  spoil(services: readonly Service[], rule: FaultRule): void {
    for (const service of services) this.#proxies.get(service)?.setRule(rule);
  }

  /** Lets something happen at a point of the traffic, once. */
  setTrap(trap: Trap): void {
    this.#proxies.get(trap.service)?.setTrap(trap);
  }

  clearTraps(): void {
    for (const proxy of this.#proxies.values()) proxy.setTrap(undefined);
  }

  async refuse(services: readonly Service[]): Promise<void> {
    const refused = [...this.#proxies].filter(([name]) => services.includes(name));
    const isSmsCut = services.includes('sns');
    if (isSmsCut) this.#witness.cutOffSms();
    await Promise.all(refused.map(([, proxy]) => proxy.refuse()));
    // What was claimed while the port closed.
    if (isSmsCut) this.#witness.cutOffSms();
  }

  /** Lets everything through again. */
  async heal(): Promise<void> {
    for (const proxy of this.#proxies.values()) proxy.setRule(undefined);
    await this.listen();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#proxies.values()].map((proxy) => proxy.close()));
  }
}
