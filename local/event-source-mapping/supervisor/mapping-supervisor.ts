import type { EventSourceMappingSpec, PollerMode } from '../configuration/event-source-mapping-spec.ts';
import { begin, settle, type MappingOperation, type MappingState } from './lifecycle.ts';
import { NextAssignments } from './next-assignments.ts';
import type { PollerCounts, PollerSettings } from '../poller/messages.ts';
import type { TransitionReason } from './transition-reason.ts';
import type { PollerChild, PollerListener, PollerWarning } from './poller-child.ts';

export interface MappingSupervisor {
  readonly mappingId: string;
  readonly spec: EventSourceMappingSpec;
  readonly state: MappingState;
  /** Why the mapping is in that state, or does not work in it, in Lambda's words. */
  readonly stateTransitionReason: TransitionReason;
  /** `OK`, or what went wrong last. */
  readonly lastProcessingResult: string;
  /** Set while the number of pollers is not the mapping's own choice. */
  readonly pollerOverride: number | undefined;
  /** The consumer group's generation, which each rebalance raises by one; `undefined` before the first. */
  readonly generationId: number | undefined;
  readonly counts: PollerCounts;
  readonly pollers: readonly PollerChild[];
  /** The number of pollers that the mapping's own scaling wants. */
  readonly scaledPollers: number;
  /** Overrides the number of pollers, also beyond the partition count; `undefined` ends the override. */
  setPollers(count: number | undefined): void;
  /**
   * Scales the mapping by one poller after the other: open calls end and are committed before each changes the group.
   * Without effect while overridden. Resolves when there are as many pollers as the last call asked for.
   */
  scaleTo(count: number): Promise<void>;
  /** Kills the poller with this process id; false when there is none. */
  killPoller(pid: number): boolean;
  /** Starts or stops polling, as `Enabled` of the mapping says. @throws {ResourceInUseException} while something else goes on. */
  setEnabled(enabled: boolean): Promise<void>;
  /**
   * Replaces the settings: open calls end and are committed, then the pollers start anew.
   * @throws {ResourceInUseException} while something else goes on.
   */
  update(spec: EventSourceMappingSpec): Promise<void>;
  /** Stops polling for good: open calls end and are committed, members leave, offsets stay. */
  stop(): Promise<void>;
}

/** Who hears what mappings log. */
export interface MappingObserver {
  warned(mapping: MappingSupervisor, warning: PollerWarning): void;
  /** A poller got its partitions. */
  assigned(mapping: MappingSupervisor, poller: PollerChild): void;
}

export interface SupervisorDeps {
  readonly startPoller: (settings: PollerSettings, listener: PollerListener) => PollerChild;
  readonly log: (line: string) => void;
  /** Absent: the mapping writes no system log. */
  readonly systemLog?: MappingObserver;
  /** Calls back later; the returned function calls it off. */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  /** How long a lost poller is missing, so that its partitions are seen to move before a new member joins. */
  readonly replaceAfterMs: number;
}

/** A new poller takes some seconds to start and to join; a group that takes longer is not waited for. */
const CHANGES_WITHIN_MS = 15_000;

/** How many pollers a mapping starts with, and may scale between. */
export function pollerRange(
  pollers: PollerMode,
  partitionCount: number,
): { minimum: number; maximum: number } {
  const bounds =
    pollers.kind === 'provisioned' ? pollers : { minimumPollers: 1, maximumPollers: partitionCount };
  return {
    minimum: Math.min(bounds.minimumPollers, partitionCount),
    maximum: Math.min(bounds.maximumPollers, partitionCount),
  };
}

/** Keeps as many pollers of one mapping running as there should be. */
export function superviseMapping(
  settings: PollerSettings,
  initialPollers: number,
  deps: SupervisorDeps,
): MappingSupervisor {
  return new Supervisor(settings, initialPollers, deps);
}

class Supervisor implements MappingSupervisor {
  #settings: PollerSettings;
  readonly #deps: SupervisorDeps;
  readonly #pollers = new Set<PollerChild>();
  readonly #leaving = new Set<Promise<void>>();
  readonly #counts: Record<string, number> = {};
  readonly #pendingReplacements = new Set<() => void>();
  #scaled: number;
  #override: number | undefined;
  #enabled: boolean;
  #state: MappingState = 'Creating';
  #lastProcessingResult = 'No records processed';
  #stateTransitionReason: TransitionReason = 'USER_INITIATED';
  /** Ends the wait for the first poll; `undefined` once that is over. */
  #callOffStart: (() => void) | undefined;
  readonly #assignments: NextAssignments;
  /** Ends with the scaling that was asked for last; two at a time would let calls begin between their rebalances. */
  #scaling: Promise<void> = Promise.resolve();

  constructor(settings: PollerSettings, initialPollers: number, deps: SupervisorDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#assignments = new NextAssignments(deps.schedule);
    this.#scaled = initialPollers;
    this.#enabled = settings.spec.enabled;
    this.#waitForStart(settings.options.startDelayMs);
    this.#reconcile();
    this.#settle();
  }

  get mappingId(): string {
    return this.#settings.mappingId;
  }

  get spec(): EventSourceMappingSpec {
    return this.#settings.spec;
  }

  get state(): MappingState {
    return this.#state;
  }

  get stateTransitionReason(): TransitionReason {
    return this.#stateTransitionReason;
  }

  get lastProcessingResult(): string {
    return this.#lastProcessingResult;
  }

  get pollerOverride(): number | undefined {
    return this.#override;
  }

  get generationId(): number | undefined {
    const generations = this.pollers.flatMap(({ generationId }) => generationId ?? []);
    return generations.length === 0 ? undefined : Math.max(...generations);
  }

  get counts(): PollerCounts {
    return { ...this.#counts };
  }

  get scaledPollers(): number {
    return this.#scaled;
  }

  get pollers(): readonly PollerChild[] {
    return [...this.#pollers];
  }

  setPollers(count: number | undefined): void {
    this.#override = count;
    this.#reconcile();
  }

  async scaleTo(count: number): Promise<void> {
    this.#scaled = count;
    this.#scaling = this.#scaling.then(() => this.#scale());
    await this.#scaling;
  }

  killPoller(pid: number): boolean {
    const poller = this.pollers.find((candidate) => candidate.pid === pid);
    poller?.kill();
    return poller !== undefined;
  }

  async setEnabled(enabled: boolean): Promise<void> {
    if (enabled === this.#enabled) return;
    this.#begin(enabled ? 'enable' : 'disable');
    await this.#poll(enabled);
  }

  async update(spec: EventSourceMappingSpec): Promise<void> {
    this.#begin('update');
    await this.#leave();
    // The environment may have ended meanwhile.
    if (this.#state === 'Deleting') return;
    this.#settings = { ...this.#settings, spec };
    await this.#poll(spec.enabled);
  }

  async stop(): Promise<void> {
    this.#enter('Deleting');
    this.#callOffStart?.();
    await this.#leave();
  }

  /** Pollers that came or left together could rebalance the group more than once, the second time with calls open. */
  async #scale(): Promise<void> {
    if (this.#callOffStart !== undefined) return;
    for (let steps = Math.abs(this.#missing); steps > 0 && this.#missing !== 0; steps -= 1) {
      await Promise.all(this.pollers.map((poller) => poller.quiesce()));
      const last = this.pollers.at(-1);
      if (this.#missing > 0) this.#start();
      else if (this.#missing < 0 && last !== undefined) this.#letGo(last);
      await this.#assignments.ofAll(this.pollers, CHANGES_WITHIN_MS);
    }
  }

  /** Creation takes Lambda a while, in which nothing is polled. */
  #waitForStart(delayMs: number): void {
    if (delayMs === 0) return;
    this.#callOffStart = this.#deps.schedule(() => {
      this.#callOffStart = undefined;
      this.#reconcile();
      this.#settle();
    }, delayMs);
  }

  #begin(operation: MappingOperation): void {
    this.#enter(begin(this.#state, operation));
    this.#stateTransitionReason = 'USER_INITIATED';
  }

  #enter(state: MappingState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#log('INFO', state);
  }

  #log(level: 'INFO' | 'WARN', text: string): void {
    const { topic, consumerGroupId } = this.spec;
    this.#deps.log(`${level} topic ${topic}, group ${consumerGroupId}: ${text}`);
  }

  async #poll(enabled: boolean): Promise<void> {
    if (!enabled) await this.#leave();
    this.#enabled = enabled;
    this.#reconcile();
    this.#settle();
  }

  /** Resolves when all pollers have let their open calls end and left the group. */
  async #leave(): Promise<void> {
    this.#enabled = false;
    this.#reconcile();
    await Promise.all(this.#leaving);
  }

  /** The operation that goes on has ended once a poller has its partitions or knows why not, or all have left. */
  #settle(): void {
    const polls = this.#wanted > 0;
    const known = this.#stateTransitionReason !== 'USER_INITIATED';
    const done = polls ? known || this.pollers.some(({ settled }) => settled) : this.#leaving.size === 0;
    if (done) this.#enter(settle(this.#state, this.#enabled));
  }

  get #wanted(): number {
    return this.#enabled ? (this.#override ?? this.#scaled) : 0;
  }

  /** How many pollers there are too few; negative for too many. */
  get #missing(): number {
    return this.#wanted - this.#pollers.size;
  }

  /** Starts or stops pollers until there are as many as wanted, those that will be replaced counted in. */
  #reconcile(): void {
    this.#callOffReplacements();
    if (this.#callOffStart !== undefined) return;
    while (this.#missing > 0) this.#start();
    for (const poller of this.pollers.slice(this.#wanted)) this.#letGo(poller);
  }

  #start(): void {
    this.#pollers.add(
      this.#deps.startPoller(this.#settings, {
        counted: (counts) => {
          this.#count(counts);
        },
        warned: (warning) => {
          this.#log('WARN', `${warning.code} ${warning.message}`);
          this.#deps.systemLog?.warned(this, warning);
        },
        settled: (poller) => {
          this.#settle();
          this.#assignments.endWaitFor(poller);
          this.#deps.systemLog?.assigned(this, poller);
        },
        processed: (result, problem) => {
          this.#lastProcessingResult = result;
          this.#stateTransitionReason = problem ?? 'USER_INITIATED';
          this.#settle();
        },
        exited: (poller) => {
          this.#onExit(poller);
        },
      }),
    );
  }

  #letGo(poller: PollerChild): void {
    this.#pollers.delete(poller);
    const left = poller.stop().finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }

  #onExit(poller: PollerChild): void {
    this.#assignments.endWaitFor(poller);
    if (!this.#pollers.delete(poller)) return;
    this.#log(
      'WARN',
      `poller ${poller.pid} is gone; a new one takes its place in ${this.#deps.replaceAfterMs} ms`,
    );
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

  #count(counts: PollerCounts): void {
    for (const [name, count] of Object.entries(counts)) {
      this.#counts[name] = (this.#counts[name] ?? 0) + count;
    }
  }
}
