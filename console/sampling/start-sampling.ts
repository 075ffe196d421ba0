import { repeat, type Repetition } from '../../local/helpers/repeat.ts';
import type { ConsoleSources } from '../ports.ts';
import type { ConsoleState } from './console-state.ts';
import { FollowedFile } from './follow-file.ts';
import { Pace } from './pace.ts';

/** At each look the logs are read: fast enough that a rebalance is on the page within a second of the broker's noticing. */
const LOOK_EVERY_MS = 200;
const LOOK_UNWATCHED_MS = 1_000;
const SAMPLE_EVERY_MS = 1_000;
/** Keeps the history of lag without gaps while nobody looks. */
const SAMPLE_UNWATCHED_MS = 20_000;
const COUNT_LETTERS_EVERY_MS = 3_000;
const READ_ALARMS_EVERY_MS = 5_000;
/** The doctor keeps readings of an hour, at most 120. */
const READ_FINDINGS_EVERY_MS = 30_000;
const READ_CALLS_EVERY_MS = 400;
/** Seldom enough to cost nothing, often enough that the environment still has all calls of that time. */
const READ_CALLS_UNWATCHED_MS = 2_000;

/** Files with the causes of changes in groups. */
export interface GroupLogs {
  /** The log of the local broker, with its group coordinator's lines. */
  readonly broker: string;
  /** The log of the event source mappings. */
  readonly mappings: string;
}

export interface Sampled {
  readonly state: ConsoleState;
  readonly sources: ConsoleSources;
  /** Counts the messages of dead-letter queues. */
  readonly countLetters: () => Promise<void>;
  /** Absent: rebalances have no known cause. */
  readonly logs: GroupLogs | undefined;
}

const ignore = (): void => undefined;

/** Keeps a state up to date: one sampler, whatever the number of viewers. @returns what ends it. */
export function startSampling(sampled: Sampled): () => Promise<void> {
  const { state, logs } = sampled;
  const files = logs && { broker: new FollowedFile(logs.broker), mappings: new FollowedFile(logs.mappings) };
  const readLogs = async (): Promise<void> => {
    if (files === undefined) return;
    // A poller's end comes first, as it is why its group changes.
    state.noteMappingLines(await files.mappings.lines());
    state.noteBrokerLines(await files.broker.lines());
  };
  const looking = lookAfter([readLogs, ...pacedTasks(sampled)], () =>
    state.viewers > 0 ? LOOK_EVERY_MS : LOOK_UNWATCHED_MS,
  );
  return async () => {
    await looking.stop();
    await Promise.all([files?.broker.close(), files?.mappings.close()]);
  };
}

/**
 * Begins the tasks at each look, but none whose last run has not ended. One timer for all of them costs a process that
 * nobody watches a few wake-ups a second.
 */
function lookAfter(tasks: readonly (() => Promise<void>)[], everyMs: () => number): Repetition {
  const running = new Map<() => Promise<void>, Promise<void>>();
  const begin = (task: () => Promise<void>): void => {
    if (running.has(task)) return;
    // An environment that does not answer is about to end, which the samples show.
    const run = task()
      .catch(ignore)
      .finally(() => running.delete(task));
    running.set(task, run);
  };
  const look = (): Promise<void> => {
    for (const task of tasks) begin(task);
    return Promise.resolve();
  };
  const looking = repeat(look, { everyMs, failed: ignore });
  return {
    stop: async () => {
      await looking.stop();
      await Promise.all(running.values());
    },
  };
}

/** Does a task when it is time for it. */
function paced(
  state: ConsoleState,
  paces: ConstructorParameters<typeof Pace>[0],
  task: () => Promise<void>,
): () => Promise<void> {
  const pace = new Pace(paces);
  return async () => {
    if (pace.isDue(Date.now(), state.viewers > 0)) await task();
  };
}

/**
 * What is asked of brokers and services. While nobody looks, the groups and the calls alone are asked for: seldom, and the groups at once after a
 * rebalance, as the timeline says which partitions moved in each.
 */
function pacedTasks({ state, sources, countLetters }: Sampled): readonly (() => Promise<void>)[] {
  const sample = new Pace({ watched: SAMPLE_EVERY_MS, unwatched: SAMPLE_UNWATCHED_MS });
  const isSampleDue = (): boolean =>
    sample.isDue(Date.now(), state.viewers > 0 || state.timeline.awaitsSample);
  const watched = (everyMs: number, task: () => Promise<void>) => paced(state, { watched: everyMs }, task);
  const callPaces = { watched: READ_CALLS_EVERY_MS, unwatched: READ_CALLS_UNWATCHED_MS };
  return [
    async () => {
      if (isSampleDue()) await state.sample(sources, Date.now);
    },
    paced(state, callPaces, () => state.readCalls(sources)),
    watched(COUNT_LETTERS_EVERY_MS, countLetters),
    watched(READ_ALARMS_EVERY_MS, () => state.readAlarms(sources)),
    watched(READ_FINDINGS_EVERY_MS, () => state.readFindings(sources)),
  ];
}
