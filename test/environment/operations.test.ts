import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { runNpm, type CommandResult, type NpmProcess } from './npm-process.ts';

jest.setTimeout(240_000);

const A_BUSY_MACHINE_MS = 60_000;
const GROUPS = new Set(['billing-group', 'inventory-group', 'notification-group']);

/** What the tests look at of `orders status --json`. */
interface Status {
  readonly groups: readonly {
    readonly groupId: string;
    readonly lag: { readonly lag?: number };
    readonly members: readonly {
      readonly partitions: readonly { readonly partitions: readonly number[] }[];
    }[];
  }[];
  readonly timesLeft: readonly { readonly groupId: string; readonly timeLeft: { readonly kind: string } }[];
}

let npm: NpmProcess;

beforeAll(async () => {
  npm = await runNpm('start', ['--orders', '10']);
  await npm.untilLine('Ready');
});

afterAll(async () => {
  await npm.cleanUp();
});

/** Runs a command that must succeed. */
async function orders(...command: readonly string[]): Promise<readonly string[]> {
  const { exitCode, lines, errors }: CommandResult = await npm.orders(...command);
  expect({ command, exitCode, errors }).toEqual({ command, exitCode: 0, errors: [] });
  return lines;
}

async function json<T>(...command: readonly string[]): Promise<T> {
  return JSON.parse((await orders(...command, '--json')).join('\n')) as T;
}

function lagsOf({ groups }: Status): Record<string, number | undefined> {
  return Object.fromEntries(
    groups.filter(({ groupId }) => GROUPS.has(groupId)).map(({ groupId, lag }) => [groupId, lag.lag]),
  );
}

async function untilLags(billing: number): Promise<Status> {
  let status: Status | undefined;
  const wanted = { 'billing-group': billing, 'inventory-group': 0, 'notification-group': 0 };
  await waitFor(
    async () => {
      status = await json<Status>('status');
      return JSON.stringify(lagsOf(status)) === JSON.stringify(wanted);
    },
    { what: `the lags ${JSON.stringify(wanted)}`, timeoutMs: A_BUSY_MACHINE_MS },
  );
  if (status === undefined) throw new Error('There was no status.');
  return status;
}

test('a consumer is paused, moved, resumed and repaired by a replay, and the topic grows', async () => {
  const paused = await json<{ state: string; lagAfter: number }>('mappings', 'pause', 'billing');
  await orders('produce', '--count', '4');
  const behind = await untilLags(4);
  const moved = await json<{ moves: readonly { again: number }[]; moved: number }>(
    'offsets',
    'move',
    'billing',
    '--to-latest',
    '--yes',
  );
  const resumed = await json<{ state: string }>('mappings', 'resume', 'billing');
  await untilLags(0);

  // The four orders that were skipped have no invoice, as after an intruder.
  const replayed = await json<{ counts: object }>('replay', 'billing', '--from', '1h');
  const again = await json<{ counts: object }>('replay', 'billing', '--from', '1h', '--dry-run');

  await orders('topics', 'grow', '--partitions', '8', '--quiet', '1');
  await orders('produce', '--count', '20', '--cancel', '0.5');
  const grown = await untilLags(0);
  const refused = await npm.orders('topics', 'grow', '--partitions', '4');

  expect({
    paused,
    timesLeft: behind.timesLeft.map(({ groupId, timeLeft }) => [groupId, timeLeft.kind]),
    moved: moved.moves.length,
    replayed: replayed.counts,
    again: again.counts,
    resumed: resumed.state,
    partitions: grown.groups.map(
      ({ members }) =>
        members.flatMap(({ partitions }) => partitions.flatMap((one) => one.partitions)).length,
    ),
    refused: [refused.exitCode, refused.errors[0]?.split('. ')[0]],
  }).toEqual({
    paused: expect.objectContaining({ state: 'Disabled', lagAfter: 0 }),
    timesLeft: [
      ['billing-group', 'left'],
      ['inventory-group', 'nothing'],
      ['notification-group', 'nothing'],
    ],
    moved: 6,
    replayed: { applied: 4, leftOut: 10, failed: 0, heldBack: 0 },
    again: { applied: 0, leftOut: 14, failed: 0, heldBack: 0 },
    resumed: 'Enabled',
    partitions: [8, 8, 8],
    refused: [1, 'error: order-events has 8 partitions and cannot go down to 4'],
  });
});
