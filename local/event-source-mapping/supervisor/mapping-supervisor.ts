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
  /** Lambda's reason for the state, or for a problem in it. */
  readonly stateTransitionReason: TransitionReason;
  /** `OK`, or what went wrong last. */
  readonly lastProcessingResult: string;
  /** Set while the number of pollers is overridden. */
  readonly pollerOverride: number | undefined;
  /** The consumer group's generation, which each rebalance increases by one; `undefined` before the first. */
  readonly generationId: number | undefined;
  readonly counts: PollerCounts;
  readonly pollers: readonly PollerChild[];
  /** The number of pollers that the mapping's own scaling wants. */
  readonly scaledPollers: number;
  /** Overrides the number of pollers, also beyond the partition count; `undefined` ends the override. */
  setPollers(count: number | undefined): void;
  /**
   * Scales the mapping one poller at a time. Before each change of the group, open calls end and are committed. It
   * has no effect while overridden. Resolves when the number of pollers matches the last call.
   */
  scaleTo(count: number): Promise<void>;
  /** Kills the poller with this process id; false when there is none. */
  killPoller(pid: number): boolean;
  /**
   * Starts or stops polling, according to `Enabled` of the mapping. @throws {ResourceInUseException} while another
   * operation is in progress.
   */
  setEnabled(enabled: boolean): Promise<void>;
  /**
   * Replaces the settings: open calls end and are committed, then the pollers restart.
   * @throws {ResourceInUseException} while another operation is in progress.
   */
  update(spec: EventSourceMappingSpec): Promise<void>;
  /** Stops polling for good: open calls end and are committed, members leave, offsets stay. */
  stop(): Promise<void>;
}

/** Receives the function calls of pollers. */
export type CallObserver = (
  mapping: MappingSupervisor,
  poller: PollerChild,
  call: FunctionCallReport,
) => void;

/** The receiver of the mappings' log. */
export interface MappingObserver {
  warned(mapping: MappingSupervisor, warning: PollerWarning): void;
  /** A poller got its partitions. */
  assigned(mapping: MappingSupervisor, poller: PollerChild): void;
}
