import type { EventSourceMappingSpec } from '../configuration/event-source-mapping-spec.ts';
import type { PollerCounts, PollerSettings, LogLevel } from '../poller/messages.ts';
import { begin, settle, type MappingOperation, type MappingState } from './lifecycle.ts';
import type { CallObserver, MappingObserver, MappingSupervisor } from './mapping-supervisor.ts';
import type { PollerChild, PollerListener } from './poller-child.ts';
import { PollerFleet, type FleetEvents } from './poller-fleet.ts';
import type { TransitionReason } from './transition-reason.ts';

export interface SupervisorDeps {
  readonly startPoller: (settings: PollerSettings, listener: PollerListener) => PollerChild;
  readonly log: (line: string) => void;
  /** Absent: the mapping writes no system log. */
  readonly systemLog?: MappingObserver;
  /** Absent: calls are not reported. */
  readonly called?: CallObserver;
  /** Calls back later; the returned function cancels it. */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  /** The delay before a lost poller is replaced, so that its partitions visibly move before a new member joins. */
  readonly replaceAfterMs: number;
}

/** Keeps the right number of pollers of one mapping running. */
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
  readonly #fleet: PollerFleet;
  readonly #counts: Record<string, number> = {};
  #scaled: number;
  #override: number | undefined;
  #enabled: boolean;
  #state: MappingState = 'Creating';
  #lastProcessingResult = 'No records processed';
  #stateTransitionReason: TransitionReason = 'USER_INITIATED';
  /** Cancels the wait for the first poll; `undefined` after it. */
  #callOffStart: (() => void) | undefined;

  constructor(settings: PollerSettings, initialPollers: number, deps: SupervisorDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#fleet = this.#makeFleet();
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
    return this.#fleet.generationId;
  }

  get counts(): PollerCounts {
    return { ...this.#counts };
  }

  get scaledPollers(): number {
    return this.#scaled;
  }

  get pollers(): readonly PollerChild[] {
    return this.#fleet.pollers;
  }

  setPollers(count: number | undefined): void {
    this.#override = count;
    this.#reconcile();
  }

  async scaleTo(count: number): Promise<void> {
    this.#scaled = count;
    await this.#fleet.scaleTo(this.#size);
  }

  killPoller(pid: number): boolean {
    return this.#fleet.kill(pid);
  }

  async setEnabled(enabled: boolean): Promise<void> {
    if (enabled === this.#enabled) return;
    this.#begin(enabled ? 'enable' : 'disable');
    await this.#poll(enabled);
  }

  async update(spec: EventSourceMappingSpec): Promise<void> {
    this.#begin('update');
    await this.#leave();
    // The environment may have stopped in the meantime.
    if (this.#state === 'Deleting') return;
    this.#settings = { ...this.#settings, spec };
    await this.#poll(spec.enabled);
  }

  async stop(): Promise<void> {
    this.#enter('Deleting');
    this.#callOffStart?.();
    await this.#leave();
  }

  /** Delays the first poll: Lambda takes a while to create a mapping, in which nothing is polled. */
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

  #log(level: 'INFO' | LogLevel, text: string): void {
    const { topic, consumerGroupId } = this.spec;
    this.#deps.log(`${level} topic ${topic}, group ${consumerGroupId}: ${text}`);
  }

  async #poll(enabled: boolean): Promise<void> {
    if (!enabled) await this.#leave();
    this.#enabled = enabled;
    this.#reconcile();
    this.#settle();
  }

  /** Resolves when all pollers have finished their open calls and left the group. */
  async #leave(): Promise<void> {
    this.#enabled = false;
    this.#reconcile();
    await this.#fleet.whenLeft();
  }

  /** Ends the operation in progress, when a poller has its assignment or a problem, or when all have left. */
  #settle(): void {
    const polls = this.#wanted > 0;
    const known = this.#stateTransitionReason !== 'USER_INITIATED';
    const done = polls ? known || this.pollers.some(({ settled }) => settled) : !this.#fleet.isLeaving;
    if (done) this.#enter(settle(this.#state, this.#enabled));
  }

  get #wanted(): number {
    return this.#enabled ? (this.#override ?? this.#scaled) : 0;
  }

  /** Returns the number of pollers that should run now: none before the start delay is over. */
  get #size(): number {
    return this.#callOffStart === undefined ? this.#wanted : 0;
  }

  #reconcile(): void {
    this.#fleet.resize(this.#size);
  }

  #makeFleet(): PollerFleet {
    const { schedule, replaceAfterMs } = this.#deps;
    return new PollerFleet({
      startPoller: (events) => this.#startPoller(events),
      lost: ({ pid }) => {
        this.#log('WARN', `poller ${pid} has ended; a new one replaces it in ${replaceAfterMs} ms`);
      },
      schedule,
      replaceAfterMs,
    });
  }

  #startPoller({ settled, exited }: FleetEvents): PollerChild {
    return this.#deps.startPoller(this.#settings, {
      counted: (counts) => {
        this.#count(counts);
      },
      warned: (warning) => {
        this.#log(warning.level, `${warning.code} ${warning.message}`);
        this.#deps.systemLog?.warned(this, warning);
      },
      settled: (poller) => {
        this.#settle();
        settled(poller);
        this.#deps.systemLog?.assigned(this, poller);
      },
      processed: (result, problem) => {
        this.#lastProcessingResult = result;
        this.#stateTransitionReason = problem ?? 'USER_INITIATED';
        this.#settle();
      },
      called: (poller, call) => {
        this.#deps.called?.(this, poller, call);
      },
      exited,
    });
  }

  #count(counts: PollerCounts): void {
    for (const [name, count] of Object.entries(counts)) {
      this.#counts[name] = (this.#counts[name] ?? 0) + count;
    }
  }
}
