import {
  createGroupReader,
  kafkaClient,
  moveGroup,
  withAdmin,
  type GroupReader,
} from '@order-events/kafka-tools';
import { waitFor } from '../../helpers/wait-for.ts';
import { writeLastRun, type LastRun } from '../plan/last-run.ts';
import { baselineOf, movesBack, type GroupPosition, type MoveBack, type ReadTopic } from './group-moves.ts';

/**
 * A time limit far above a member's session timeout, which the broker waits for when the member's process was killed.
 */
const GROUPS_EMPTY_AFTER_MS = 30_000;

/** Keeps a run's data so that a later run can continue with it. */
export interface RunKeeper {
  /**
   * Resets groups that are ahead of the emulator's tables. The emulator saves its state only when it stops cleanly.
   * When it was killed, its tables are older than the committed offsets.
   *
   * @returns a line for the user about each group that reads records again.
   */
  beforePolling(read: readonly ReadTopic[]): Promise<readonly string[]>;
  /** Notes that the emulator has lost its state, so that the groups must start at the beginning. */
  emulatorEmptied(): Promise<void>;
  /** Notes that the emulator has saved its state, and that no record was handled since. */
  emulatorSaved(): Promise<void>;
}

export interface KeeperOptions {
  readonly bootstrapServers: string;
  readonly dataDirectory: string;
  /** The data that the run started with, and its notes. */
  readonly run: LastRun;
}

export function createRunKeeper({ bootstrapServers, dataDirectory, run: begun }: KeeperOptions): RunKeeper {
  let run = begun;
  let emptied = false;
  const note = async (changes: Partial<LastRun>): Promise<void> => {
    run = { ...run, ...changes };
    await writeLastRun(dataDirectory, run);
  };
  return {
    beforePolling: async (read) => {
      const kafka = kafkaClient({ clientId: 'local-environment', brokers: bootstrapServers.split(',') });
      const reader = createGroupReader(kafka);
      try {
        const positions = await positionsOf(read, reader);
        if (run.emulatorState === 'saved') {
          await note({ emulatorState: 'behind', baseline: baselineOf(positions) });
          return [];
        }
        const moves = movesBack(positions, run.baseline);
        await untilEmpty(moves, reader);
        for (const move of moves) await withAdmin(kafka, (admin) => moveGroup(admin, move));
        return moves.map(describeMove);
      } finally {
        await reader.close();
      }
    },
    emulatorEmptied: async () => {
      emptied = true;
      await note({ emulatorState: 'none', baseline: {} });
    },
    emulatorSaved: async () => {
      if (!emptied) await note({ emulatorState: 'saved' });
    },
  };
}

function positionsOf(read: readonly ReadTopic[], reader: GroupReader): Promise<readonly GroupPosition[]> {
  return Promise.all(
    read.map(async ({ consumerGroupId, topic }) => ({
      consumerGroupId,
      topic,
      offsets: await reader.readOffsets(topic, consumerGroupId),
    })),
  );
}

/** Waits for killed members, which belong to their group until their session times out. */
async function untilEmpty(moves: readonly MoveBack[], reader: GroupReader): Promise<void> {
  for (const { groupId } of moves) {
    await waitFor(async () => ['Empty', 'Dead'].includes(await reader.readGroupState(groupId)), {
      what: `the members of ${groupId} that were killed to leave it`,
      timeoutMs: GROUPS_EMPTY_AFTER_MS,
    });
  }
}

const describeMove = ({ groupId, records }: MoveBack): string =>
  `The AWS emulator lost table data that it had not saved: ${groupId} reads ${records} ` +
  `${records === 1 ? 'record' : 'records'} again.`;
