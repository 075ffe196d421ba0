import { expect, test } from '@jest/globals';
import {
  pollerRange,
  superviseMapping,
  type MappingSupervisor,
} from '../../../local/event-source-mapping/mapping-supervisor.ts';
import type { PollerSettings } from '../../../local/event-source-mapping/poller/messages.ts';
import type { PollerChild, PollerListener } from '../../../local/event-source-mapping/poller-child.ts';

interface FakePoller extends PollerChild {
  die(): void;
}

interface Setup {
  readonly supervisor: MappingSupervisor;
  /** Pollers that run, oldest first. */
  readonly running: FakePoller[];
  runTimers(): void;
}

function supervise(initialPollers: number, enabled = true): Setup {
  const running: FakePoller[] = [];
  let timers: (() => void)[] = [];
  let nextPid = 100;
  const startPoller = (_settings: PollerSettings, listener: PollerListener): PollerChild => {
    const die = (): void => {
      running.splice(running.indexOf(poller), 1);
      listener.exited(poller);
    };
    const poller: FakePoller = {
      pid: (nextPid += 1),
      memberId: undefined,
      generationId: undefined,
      partitions: [],
      settled: true,
      recordsInvoked: 0,
      lastCommitAt: undefined,
      stop: () => {
        die();
        return Promise.resolve();
      },
      kill: die,
      die,
    };
    running.push(poller);
    return poller;
  };
  const settings = { mappingId: 'm', spec: { enabled } } as PollerSettings;
  const supervisor = superviseMapping(settings, initialPollers, {
    startPoller,
    log: () => undefined,
    schedule: (callback) => {
      timers.push(callback);
      return () => {
        timers = timers.filter((other) => other !== callback);
      };
    },
    replaceAfterMs: 10_000,
  });
  const runTimers = (): void => {
    for (const callback of timers.splice(0)) callback();
  };
  return { supervisor, running, runTimers };
}

function pids(pollers: readonly PollerChild[]): number[] {
  return pollers.map(({ pid }) => pid);
}

test('a mapping starts with its own number of pollers', () => {
  const { running } = supervise(2);

  expect(pids(running)).toEqual([101, 102]);
});

test('an override sets the number of pollers and suspends scaling until it is taken back', () => {
  const { supervisor, running } = supervise(1);

  supervisor.setPollers(3);
  supervisor.scaleTo(2);
  const overridden = pids(running);
  supervisor.setPollers(undefined);

  expect({ overridden, scaled: pids(running) }).toEqual({ overridden: [101, 102, 103], scaled: [101, 102] });
});

test('a lost poller is replaced, but not at once', () => {
  const { supervisor, running, runTimers } = supervise(2);

  const killed = supervisor.killPoller(101);
  const missing = pids(running);
  runTimers();

  expect({ killed, missing, replaced: pids(running) }).toEqual({
    killed: true,
    missing: [102],
    replaced: [102, 103],
  });
});

test('killing a poller of another mapping is refused', () => {
  const { supervisor, running } = supervise(1);

  const killed = supervisor.killPoller(999);

  expect({ killed, running: pids(running) }).toEqual({ killed: false, running: [101] });
});

test('ESM-098 a disabled mapping has no pollers, and gets them back when it is enabled', async () => {
  const { supervisor, running } = supervise(2);

  await supervisor.setEnabled(false);
  const disabled = { state: supervisor.state, running: pids(running) };
  await supervisor.setEnabled(true);

  expect(disabled).toEqual({ state: 'Disabled', running: [] });
  expect({ state: supervisor.state, running: pids(running) }).toEqual({
    state: 'Enabled',
    running: [103, 104],
  });
});

test('a stopped mapping replaces nobody', async () => {
  const { supervisor, running, runTimers } = supervise(2);
  supervisor.killPoller(101);

  await supervisor.stop();
  runTimers();

  expect(running).toEqual([]);
});

test.each([
  {
    story: 'provisioned pollers are bounded by the partitions',
    bounds: { minimumPollers: 2, maximumPollers: 10 },
    expected: { minimum: 2, maximum: 4 },
  },
  {
    story: 'the minimum is bounded too',
    bounds: { minimumPollers: 6, maximumPollers: 10 },
    expected: { minimum: 4, maximum: 4 },
  },
])('ESM-095 $story', ({ bounds, expected }) => {
  const range = pollerRange({ kind: 'provisioned', ...bounds, pollerGroupName: null }, 4);

  expect(range).toEqual(expected);
});
