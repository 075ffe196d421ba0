import { NextAssignments } from './next-assignments.ts';
import type { PollerChild } from './poller-child.ts';

/** What a fleet must hear of each poller. */
export interface FleetEvents {
  /** The poller has got its partitions. */
  readonly settled: (poller: PollerChild) => void;
  /** The process is gone, asked or not. */
  readonly exited: (poller: PollerChild) => void;
}

export interface FleetDeps {
  readonly startPoller: (events: FleetEvents) => PollerChild;
  /** Hears of a poller that is gone unasked, and will be replaced. */
  readonly lost: (poller: PollerChild) => void;
  /** Calls back later; the returned function calls it off. */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  /** How long a lost poller is missing, so that its partitions are seen to move before a new member joins. */
  readonly replaceAfterMs: number;
}

/** A new poller takes some seconds to start and to join; a group that takes longer is not waited for. */
const CHANGES_WITHIN_MS = 15_000;

/** The pollers of one mapping: as many as it was last told, with lost ones replaced. It begins with none. */
export class PollerFleet {
  readonly #deps: FleetDeps;
  readonly #assignments: NextAssignments;
  readonly #pollers = new Set<PollerChild>();
  readonly #leaving = new Set<Promise<void>>();
  readonly #pendingReplacements = new Set<() => void>();
  #size = 0;
  /** Ends with the scaling that was asked for last; two at a time would let calls begin between their rebalances. */
  #scaling: Promise<void> = Promise.resolve();

  constructor(deps: FleetDeps) {
    this.#deps = deps;
    this.#assignments = new NextAssignments(deps.schedule);
  }

  /** Those that run and were not let go, oldest first. */
  get pollers(): readonly PollerChild[] {
    return [...this.#pollers];
  }

  /** The consumer group's generation as the pollers know it; `undefined` before the first. */
  get generationId(): number | undefined {
    const generations = this.pollers.flatMap(({ generationId }) => generationId ?? []);
    return generations.length === 0 ? undefined : Math.max(...generations);
  }

  /** Whether pollers that were let go still have calls open. */
  get isLeaving(): boolean {
    return this.#leaving.size > 0;
  }

  /** Resolves when the pollers that were let go have let their open calls end and left the group. */
  async whenLeft(): Promise<void> {
    await Promise.all(this.#leaving);
  }

  /** Starts or lets go pollers at once until there are that many. A lost one is not waited for: its place is filled now. */
  resize(size: number): void {
    this.#size = size;
    this.#callOffReplacements();
    while (this.#missing > 0) this.#start();
    for (const poller of this.pollers.slice(size)) this.#letGo(poller);
  }

  /**
   * Starts or lets go one poller after the other: open calls end and are committed before each changes the group.
   * Resolves when there are as many as the last call asked for.
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

  /** How many pollers there are too few; negative for too many. */
  get #missing(): number {
    return this.#size - this.#pollers.size;
  }

  /** Pollers that came or left together could rebalance the group more than once, the second time with calls open. */
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
