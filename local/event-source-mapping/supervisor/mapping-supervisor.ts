import type { EventSourceMappingSpec } from '../configuration/event-source-mapping-spec.ts';
import type { FunctionCallReport } from '../poller/function-call-report.ts';
import type { PollerCounts } from '../poller/messages.ts';
import type { MappingState } from './lifecycle.ts';
import type { PollerChild, PollerWarning } from './poller-child.ts';
import type { TransitionReason } from './transition-reason.ts';

/** One event source mapping and its pollers. */
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

/** Hears of the calls of functions by pollers. */
export type CallObserver = (
  mapping: MappingSupervisor,
  poller: PollerChild,
  call: FunctionCallReport,
) => void;

/** Who hears what mappings log. */
export interface MappingObserver {
  warned(mapping: MappingSupervisor, warning: PollerWarning): void;
  /** A poller got its partitions. */
  assigned(mapping: MappingSupervisor, poller: PollerChild): void;
}
