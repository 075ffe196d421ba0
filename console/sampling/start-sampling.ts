import { repeat } from '../../local/helpers/repeat.ts';
import type { ConsoleSources } from '../ports.ts';
import type { ConsoleState } from './console-state.ts';
import { FollowedFile } from './follow-file.ts';

const SAMPLE_EVERY_MS = 1_000;
/** Fast enough that a rebalance is on the page within a second of the broker's noticing. */
const READ_LOGS_EVERY_MS = 200;
const READ_CALLS_EVERY_MS = 400;

/** Files that tell why groups change. */
export interface GroupLogs {
  /** The log of the local broker, with its group coordinator's lines. */
  readonly broker: string;
  /** The log of the event source mappings. */
  readonly mappings: string;
}

const ignore = (): void => undefined;

/** Keeps a state up to date: one sampler, whatever the number of viewers. @returns what ends it. */
export function startSampling(
  state: ConsoleState,
  sources: ConsoleSources,
  logs: GroupLogs | undefined,
): () => Promise<void> {
  const files = logs && { broker: new FollowedFile(logs.broker), mappings: new FollowedFile(logs.mappings) };
  const repetitions = [
    repeat(() => state.sample(sources, Date.now), { everyMs: SAMPLE_EVERY_MS, failed: ignore }),
    // An environment that does not answer is about to end, which the samples tell.
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
