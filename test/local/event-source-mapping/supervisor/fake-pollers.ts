import { emulatorOptions } from '../../../../local/event-source-mapping/configuration/emulator-options.ts';
import type { MappingSupervisor } from '../../../../local/event-source-mapping/supervisor/mapping-supervisor.ts';
import { PollerFleet } from '../../../../local/event-source-mapping/supervisor/poller-fleet.ts';
import { superviseMapping } from '../../../../local/event-source-mapping/supervisor/supervise-mapping.ts';
import type { PollerSettings } from '../../../../local/event-source-mapping/poller/messages.ts';
import type {
  PollerChild,
  PollerListener,
} from '../../../../local/event-source-mapping/supervisor/poller-child.ts';
import { aSpec } from '../builders.ts';

const REPLACE_AFTER_MS = 10_000;

/** A poller without a process. */
export interface FakePoller extends PollerChild {
  readonly listener: PollerListener;
  readonly settings: PollerSettings;
  /** Gives it its partitions. */
  settle(): void;
  /** Lets its open call end, so that it leaves when it was told to stop, and is quiet when it was told that. */
  endCall(): void;
  die(): void;
}

/** What a test with fake pollers holds. */
export interface Supervision {
  readonly supervisor: MappingSupervisor;
  /** Pollers that run, oldest first. */
  readonly running: FakePoller[];
  /** All lines of the mapping's log so far. */
  readonly logged: readonly string[];
  runTimers(): void;
}

/** How the pollers of a test behave. */
export interface FakePollers {
  readonly initialPollers: number;
  readonly enabled?: boolean;
  /** Default 0. */
  readonly startDelayMs?: number;
  /** Over the properties of the mapping, as a template writes them. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** When pollers get their partitions after one of them came or left. Default: at once. */
  readonly settle?: 'atOnce' | 'whenTold';
  /** Default: at once. */
  readonly leave?: 'atOnce' | 'afterCall';
}

/** Supervises a mapping whose pollers are fakes; the first has the process id 101. */
export function superviseFakes(fakes: FakePollers): Supervision {
  const running: FakePoller[] = [];
  const logged: string[] = [];
  const { schedule, runTimers } = fakeTimers();
  const settings = {
    mappingId: 'm',
    spec: aSpec({ Enabled: fakes.enabled ?? true, ...fakes.properties }),
    options: emulatorOptions({ startDelayMs: fakes.startDelayMs ?? 0 }),
  } as PollerSettings;
  const supervisor = superviseMapping(settings, fakes.initialPollers, {
    startPoller: fakePollers(running, fakes),
    log: (line) => {
      logged.push(line);
    },
    schedule,
    replaceAfterMs: REPLACE_AFTER_MS,
  });
  return { supervisor, running, logged, runTimers };
}

/** What a test of a fleet holds. */
export interface FakeFleet extends Pick<Supervision, 'running' | 'runTimers'> {
  readonly fleet: PollerFleet;
  /** The process ids of pollers that the fleet told of as lost. */
  readonly lost: readonly number[];
  /** How many timers have neither fired nor been called off. */
  pendingTimers(): number;
}

/** A fleet whose pollers are fakes; the first has the process id 101. */
export function fleetOfFakes(size: number, fakes: Pick<FakePollers, 'settle' | 'leave'> = {}): FakeFleet {
  const running: FakePoller[] = [];
  const lost: number[] = [];
  const { schedule, runTimers, pendingTimers } = fakeTimers();
  const start = fakePollers(running, fakes);
  const fleet = new PollerFleet({
    startPoller: (events) => start({} as PollerSettings, { ...DEAF, ...events }),
    lost: ({ pid }) => {
      lost.push(pid);
    },
    schedule,
    replaceAfterMs: REPLACE_AFTER_MS,
  });
  fleet.resize(size);
  return { fleet, running, lost, runTimers, pendingTimers };
}

const DEAF = {
  counted: () => undefined,
  warned: () => undefined,
  processed: () => undefined,
  called: () => undefined,
};

/** Timers that fire when the test says so, all at once. */
function fakeTimers() {
  let timers: (() => void)[] = [];
  return {
    schedule: (callback: () => void) => {
      timers.push(callback);
      return () => {
        timers = timers.filter((other) => other !== callback);
      };
    },
    runTimers: () => {
      for (const callback of timers.splice(0)) callback();
    },
    pendingTimers: () => timers.length,
  };
}

/** Starts pollers that are in `running` while they run. */
export function fakePollers(running: FakePoller[], { settle, leave }: Partial<FakePollers> = {}) {
  let nextPid = 100;
  const rebalance = (): void => {
    if (settle === 'whenTold') return;
    queueMicrotask(() => {
      for (const poller of running) poller.settle();
    });
  };
  return (settings: PollerSettings, listener: PollerListener): PollerChild => {
    const state = { settled: settle !== 'whenTold' };
    const gone = Promise.withResolvers<void>();
    const called = Promise.withResolvers<void>();
    let isCalled = leave === 'afterCall';
    let leaves = false;
    const die = (): void => {
      running.splice(running.indexOf(poller), 1);
      listener.exited(poller);
      gone.resolve();
      rebalance();
    };
    const poller: FakePoller = {
      pid: (nextPid += 1),
      memberId: undefined,
      generationId: undefined,
      partitions: [],
      get settled() {
        return state.settled;
      },
      recordsInvoked: 0,
      consumed: new Map(),
      lastCommitAt: undefined,
      quiesce: () => (isCalled ? called.promise : Promise.resolve()),
      stop: () => {
        leaves = true;
        if (!isCalled) die();
        return gone.promise;
      },
      kill: die,
      listener,
      settings,
      settle: () => {
        state.settled = true;
        listener.settled(poller);
      },
      endCall: () => {
        isCalled = false;
        called.resolve();
        if (leaves) die();
      },
      die,
    };
    running.push(poller);
    rebalance();
    return poller;
  };
}

/** The process ids of pollers. */
export function pids(pollers: readonly PollerChild[]): number[] {
  return pollers.map(({ pid }) => pid);
}
