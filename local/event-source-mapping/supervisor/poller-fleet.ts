import { CHANGES_WITHIN_MS } from '../poller/change-time.ts';
import { NextAssignments } from './next-assignments.ts';
import type { PollerChild } from './poller-child.ts';

/** The poller events that a fleet needs. */
export interface FleetEvents {
  /** The poller has its assignment. */
  readonly settled: (poller: PollerChild) => void;
  /** The process has ended, with or without a request. */
  readonly exited: (poller: PollerChild) => void;
}

export interface FleetDeps {
  readonly startPoller: (events: FleetEvents) => PollerChild;
  /** Called when a poller has ended without a request and will be replaced. */
  readonly lost: (poller: PollerChild) => void;
  /** Calls back later; the returned function cancels it. */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  /** The delay before a lost poller is replaced, so that its partitions visibly move before a new member joins. */
  readonly replaceAfterMs: number;
}

/** The pollers of one mapping: as many as last requested, with lost ones replaced. It starts with none. */
export class PollerFleet {
  readonly #deps: FleetDeps;
  readonly #assignments: NextAssignments;
  readonly #pollers = new Set<PollerChild>();
  readonly #leaving = new Set<Promise<void>>();
  readonly #pendingReplacements = new Set<() => void>();
  #size = 0;
  /** The chain of scaling operations. Two at a time would let calls start between their rebalances. */
  #scaling: Promise<void> = Promise.resolve();

  constructor(deps: FleetDeps) {
    this.#deps = deps;
    this.#assignments = new NextAssignments(deps.schedule);
  }

  /** The running pollers that were not asked to leave, oldest first. */
  get pollers(): readonly PollerChild[] {
    return [...this.#pollers];
  }

  /** The consumer group's generation as the pollers report it; `undefined` before the first. */
  get generationId(): number | undefined {
    const generations = this.pollers.flatMap(({ generationId }) => generationId ?? []);
    return generations.length === 0 ? undefined : Math.max(...generations);
  }

  /** Returns whether pollers that were asked to leave still have open calls. */
  get isLeaving(): boolean {
    return this.#leaving.size > 0;
  }

  /** Resolves when the pollers that were asked to leave have finished their open calls and left the group. */
  async whenLeft(): Promise<void> {
    await Promise.all(this.#leaving);
  }

  /** Starts or stops pollers at once until there are that many. A lost poller is replaced without delay. */
  resize(size: number): void {
    this.#size = size;
    this.#callOffReplacements();
    while (this.#missing > 0) this.#start();
    for (const poller of this.pollers.slice(size)) this.#letGo(poller);
  }

  /**
   * Starts or stops pollers one at a time. Before each change of the group, open calls end and are committed.
   * Resolves when the number matches the last call.
   */
  async scaleTo(size: number): Promise<void> {
    this.#size = size;
    this.#scaling = this.#scaling.then(() => this.#scale());
    await this.#scaling;
  }

  /** Kills the poller with this process id; false when there is none. */
  kill(pid: number): boolean {
    const poller = this.pollers.find((candidate) => candidate.pid === pid);
    poller?.kill();
    return poller !== undefined;
  }

  /** The number of missing pollers; negative when there are too many. */
  get #missing(): number {
    return this.#size - this.#pollers.size;
  }

  /**
   * Changes one poller at a time. Pollers that join or leave together could rebalance the group twice, the second
   * time with open calls.
   */
  async #scale(): Promise<void> {
    for (let steps = Math.abs(this.#missing); steps > 0 && this.#missing !== 0; steps -= 1) {
      await Promise.all(this.pollers.map((poller) => poller.quiesce()));
      const last = this.pollers.at(-1);
      if (this.#missing > 0) this.#start();
      else if (this.#missing < 0 && last !== undefined) this.#letGo(last);
      await this.#assignments.ofAll(this.pollers, CHANGES_WITHIN_MS);
    }
  }

  #start(): void {
    const poller = this.#deps.startPoller({
      settled: (settled) => {
        this.#assignments.endWaitFor(settled);
      },
      exited: (gone) => {
        this.#onExit(gone);
      },
    });
    this.#pollers.add(poller);
  }

  #letGo(poller: PollerChild): void {
    this.#pollers.delete(poller);
    const left = poller.stop().finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }

  #onExit(poller: PollerChild): void {
    this.#assignments.endWaitFor(poller);
    if (!this.#pollers.delete(poller)) return;
    this.#deps.lost(poller);
    const callOff = this.#deps.schedule(() => {
      this.#pendingReplacements.delete(callOff);
      if (this.#missing > 0) this.#start();
    }, this.#deps.replaceAfterMs);
    this.#pendingReplacements.add(callOff);
  }

  #callOffReplacements(): void {
    for (const callOff of this.#pendingReplacements) callOff();
    this.#pendingReplacements.clear();
  }
}
