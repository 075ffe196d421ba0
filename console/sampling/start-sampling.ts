import { repeat } from '../../local/helpers/repeat.ts';
import type { ConsoleSources } from '../ports.ts';
import type { ConsoleState } from './console-state.ts';
import { FollowedFile } from './follow-file.ts';
import { Pace } from './pace.ts';

const LOOK_EVERY_MS = 250;
/** A little less than a second, as the looks are a quarter apart. */
const SAMPLE_EVERY_MS = 900;
/** Keeps the history of lag without gaps while nobody looks. */
const SAMPLE_UNWATCHED_MS = 10_000;
const COUNT_LETTERS_EVERY_MS = 3_000;
const READ_ALARMS_EVERY_MS = 5_000;
/** The doctor keeps readings of an hour, at most 120. */
const READ_FINDINGS_EVERY_MS = 30_000;
/** Fast enough that a rebalance is on the page within a second of the broker's noticing. */
const READ_LOGS_EVERY_MS = 200;
const READ_CALLS_EVERY_MS = 400;

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
  const { state, sources, logs } = sampled;
  const files = logs && { broker: new FollowedFile(logs.broker), mappings: new FollowedFile(logs.mappings) };
  const repetitions = [
    ...pacedTasks(sampled).map((task) => repeat(task, { everyMs: LOOK_EVERY_MS, failed: ignore })),
    // An environment that does not answer is about to end, which the samples show.
    repeat(() => state.readCalls(sources), { everyMs: READ_CALLS_EVERY_MS, failed: ignore }),
    repeat(
      async () => {
        if (files === undefined) return;
        // A poller's end comes first, as it is why its group changes.
        state.noteMappingLines(await files.mappings.lines());
        state.noteBrokerLines(await files.broker.lines());
      },
      { everyMs: READ_LOGS_EVERY_MS, failed: ignore },
    ),
  ];
  return async () => {
    await Promise.all(repetitions.map((repetition) => repetition.stop()));
    await Promise.all([files?.broker.close(), files?.mappings.close()]);
  };
}

/**
 * What is asked of brokers and services. While nobody looks, the groups alone are asked for: seldom, and at once after a
 * rebalance, as the timeline says which partitions moved in each.
 */
function pacedTasks({ state, sources, countLetters }: Sampled): readonly (() => Promise<void>)[] {
  const sample = new Pace({ watched: SAMPLE_EVERY_MS, unwatched: SAMPLE_UNWATCHED_MS });
  const isSampleDue = (): boolean =>
    sample.isDue(Date.now(), state.viewers > 0 || state.timeline.awaitsSample);
  const paced = (everyMs: number, task: () => Promise<void>): (() => Promise<void>) => {
    const pace = new Pace({ watched: everyMs });
    return async () => {
      if (pace.isDue(Date.now(), state.viewers > 0)) await task();
    };
  };
  return [
    async () => {
      if (isSampleDue()) await state.sample(sources, Date.now);
    },
    paced(COUNT_LETTERS_EVERY_MS, countLetters),
    paced(READ_ALARMS_EVERY_MS, () => state.readAlarms(sources)),
    paced(READ_FINDINGS_EVERY_MS, () => state.readFindings(sources)),
  ];
}
