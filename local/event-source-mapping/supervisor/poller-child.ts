import { fork, type ChildProcess } from 'node:child_process';
import { moduleBeside } from '../../helpers/module-beside.ts';
import type { MappingProblem } from '../retry/mapping-problem.ts';
import type { FunctionCallReport } from '../poller/function-call-report.ts';
import type {
  PollerCommand,
  PollerCounts,
  PollerEvent,
  PollerSettings,
  LogLevel,
} from '../poller/messages.ts';

/** One event poller, for its supervisor. */
export interface PollerChild {
  readonly pid: number;
  readonly memberId: string | undefined;
  readonly generationId: number | undefined;
  /** Empty before the first assignment, and for an idle member. */
  readonly partitions: readonly number[];
  /** True when the member has its assignment and no rebalance is in progress. */
  readonly settled: boolean;
  readonly recordsInvoked: number;
  /** The last offset read of each partition. */
  readonly consumed: ReadonlyMap<number, number>;
  /** Epoch milliseconds. */
  readonly lastCommitAt: number | undefined;
  /**
   * Waits for open calls and commits them before the group changes. Resolves when none is open, or the process has
   * ended.
   */
  quiesce(): Promise<void>;
  /** Waits for open calls, commits them and leaves the group. Resolves when the process has ended. */
  stop(): Promise<void>;
  kill(): void;
}

/** Something that went wrong. */
export interface PollerWarning {
  readonly level: LogLevel;
  /** The kind of problem, such as `POLLING_ERROR`. */
  readonly code: string;
  /** Without record content. */
  readonly message: string;
}

/** The events of a poller for its supervisor. */
export interface PollerListener {
  counted(counts: PollerCounts): void;
  /** Something went wrong. */
  warned(warning: PollerWarning): void;
  /** The poller has its assignment. */
  settled(poller: PollerChild): void;
  /** The result of the last call or poll: `OK`, or the error, with Lambda's code if it has one. */
  processed(result: string, problem?: MappingProblem): void;
  /** A function call began or ended. Calls that are open when the process ends are reported as `lost`. */
  called(poller: PollerChild, call: FunctionCallReport): void;
  /** The process has ended, with or without a request. */
  exited(child: PollerChild): void;
}

interface PollerState {
  memberId?: string;
  generationId?: number;
  partitions: readonly number[];
  settled: boolean;
  recordsInvoked: number;
  readonly consumed: Map<number, number>;
  lastCommitAt?: number;
  /** Open calls by their number. */
  readonly openCalls: Map<number, FunctionCallReport>;
  /** Called when no call is open any more. */
  quiet?: () => void;
}

/**
 * The size in MB of the space for new objects: records live for a fraction of a second, so a larger one, as Node.js
 * takes by default, only holds more of the dead ones. And the means to give memory back when idle.
 */
const POLLER_FLAGS = ['--max-semi-space-size=16', '--expose-gc'] as const;

/** Starts one poller process. It ends by itself when this process dies. */
export function startPoller(
  settings: PollerSettings,
  listener: PollerListener,
  now: () => number,
): PollerChild {
  const child = fork(moduleBeside('../poller/poller-process', import.meta.url), {
    stdio: ['ignore', 2, 2, 'ipc'],
    // Flags of this process, such as a relative --import, are not meant for the poller.
    execArgv: [...POLLER_FLAGS],
  });
  const state: PollerState = {
    partitions: [],
    settled: false,
    recordsInvoked: 0,
    consumed: new Map(),
    openCalls: new Map(),
  };
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const poller: PollerChild = {
    pid: child.pid ?? 0,
    get memberId() {
      return state.memberId;
    },
    get generationId() {
      return state.generationId;
    },
    get partitions() {
      return state.partitions;
    },
    get settled() {
      return state.settled;
    },
    get recordsInvoked() {
      return state.recordsInvoked;
    },
    consumed: state.consumed,
    get lastCommitAt() {
      return state.lastCommitAt;
    },
    quiesce: async () => {
      const quiet = new Promise<void>((resolve) => {
        state.quiet = resolve;
      });
      tell(child, { type: 'quiesce' });
      await Promise.race([quiet, gone]);
    },
    stop: async () => {
      tell(child, { type: 'stop' });
      await gone;
    },
    kill: () => child.kill('SIGKILL'),
  };
  child.on('message', (events: readonly PollerEvent[]) => {
    for (const event of events) {
      take(event, state, now);
      tellListener(event, poller, listener);
    }
  });
  child.once('exit', () => {
    for (const call of state.openCalls.values()) {
      listener.called(poller, { ...call, end: { endedAt: now(), outcome: 'lost', failed: [] } });
    }
    listener.exited(poller);
  });
  tell(child, { type: 'start', settings });
  return poller;
}

function tell(child: ChildProcess, command: PollerCommand): void {
  if (child.connected) child.send(command);
}

function take(event: PollerEvent, state: PollerState, now: () => number): void {
  switch (event.type) {
    case 'assigned':
      Object.assign(state, { memberId: event.memberId, partitions: event.partitions, settled: true });
      return;
    case 'rebalancing':
      state.settled = false;
      return;
    case 'quiet':
      state.quiet?.();
      return;
    case 'generation':
      state.generationId = event.generationId;
      return;
    case 'committed':
      state.lastCommitAt = now();
      return;
    case 'consumed':
      state.consumed.set(event.partition, event.offset);
      return;
    case 'called':
      if (event.call.end === undefined) state.openCalls.set(event.call.number, event.call);
      else state.openCalls.delete(event.call.number);
      return;
    case 'counted':
      state.recordsInvoked += event.counts['InvokedEventCount'] ?? 0;
      return;
    case 'processed':
    case 'log':
  }
}

function tellListener(event: PollerEvent, poller: PollerChild, listener: PollerListener): void {
  switch (event.type) {
    case 'assigned':
      listener.settled(poller);
      return;
    case 'counted':
      listener.counted(event.counts);
      return;
    case 'processed':
      listener.processed(event.result, event.problem);
      return;
    case 'log':
      listener.warned(event);
      return;
    case 'called':
      listener.called(poller, event.call);
      return;
    case 'rebalancing':
    case 'quiet':
    case 'generation':
    case 'committed':
    case 'consumed':
  }
}
