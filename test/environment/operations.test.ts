import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { commandTarget } from '../../cli/connection/local-target.ts';
import type { Target } from '../../cli/connection/target.ts';
import { runOperation } from '../../cli/operations/run-operation.ts';
import { listLetters, type LetterList } from '../../functions/redrive/operations/list.ts';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { redriveLetters } from '../../functions/redrive/operations/redrive.ts';
import { runCampaign } from '../../tools/redrive/campaign.ts';
import { anOrderPlaced } from '../functions/kernel/wire-events.ts';
import { everything } from '../functions/redrive/redrive-request.ts';
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
let folder: string;
let target: Target;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'order-events-operations-'));
  npm = await runNpm('start', ['--orders', '10']);
  await npm.untilLine('Ready');
  target = commandTarget(await npm.environment());
});

afterAll(async () => {
  await npm.cleanUp();
  await rm(folder, { recursive: true });
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
    refused: [1, 'error: order-events has 8 partitions and cannot shrink to 4'],
  });
});

async function rowsOf(orderId: string): Promise<LetterList['rows']> {
  const { rows } = await runOperation(target, listLetters, { operation: 'list', consumer: 'billing' });
  return rows.filter((row) => row.orderId === orderId);
}

/** Until billing has parked a record of the order. */
async function parkedRow(orderId: string): Promise<string> {
  let id = '';
  await waitFor(
    async () => {
      id = (await rowsOf(orderId))[0]?.id ?? '';
      return id !== '';
    },
    { what: `the parked record of ${orderId}`, timeoutMs: A_BUSY_MACHINE_MS },
  );
  return id;
}

test('a record that can never succeed is shown, rehearsed, held after three redrives, and corrected', async () => {
  const attributes = { subject: 'order-wrong', id: 'wrong-1' };
  const [wrong, corrected] = [join(folder, 'wrong.jsonl'), join(folder, 'corrected.json')];
  await writeFile(wrong, `${JSON.stringify(anOrderPlaced({ currency: 'EUR', total: 1 }, attributes))}\n`);
  await writeFile(corrected, JSON.stringify(anOrderPlaced({ currency: 'EUR' }, attributes)));
  await orders('produce', '--file', wrong);
  const id = await parkedRow('order-wrong');

  const shown = await orders('dlq', 'show', 'billing', id);
  const rehearsed = await orders('redrive', 'billing', '--rehearse');
  for (let time = 1; time <= 3; time += 1) await runOperation(target, redriveLetters, everything);
  const held = await rowsOf('order-wrong');
  const fixed = await orders('dlq', 'fix', id, '--file', corrected);
  const superseded = await rowsOf('order-wrong');

  expect({
    shown: shown.filter((line) => line.includes('is not the sum of the lines')).length,
    contact: shown.filter((line) => line.includes('ada@example.com')),
    rehearsed: rehearsed.filter((line) => line.includes('would fail event-invalid')).length,
    held: held.map(({ state, redriven }) => [state, redriven]),
    fixed: fixed.filter((line) => line.includes('it corrects wrong-1.')).length,
    superseded: superseded.map(({ state }) => state),
  }).toEqual({
    shown: 1,
    contact: [],
    rehearsed: 1,
    held: [['held', 3]],
    fixed: 1,
    superseded: ['superseded'],
  });
});

/** The long form is a command: npm run redrive-campaign. */
test('redrives that are killed, and two at once, lose nothing, double nothing and turn no key round', async () => {
  const report = await runCampaign(target, {
    run: 'short',
    records: 150,
    keys: 15,
    poisonEvery: 49,
    batchSize: 15,
    killPoints: [
      { call: 'noteTry', nth: 3, when: 'after' },
      { call: 'deliver', nth: 1, when: 'after' },
      { call: 'write', nth: 1, when: 'before' },
      { call: 'remove', nth: 1, when: 'after' },
      { call: 'receive', nth: 2, when: 'after' },
    ],
    rate: { perSecond: 20, records: 45 },
    queue: 'emulator',
    say: () => undefined,
  });

  expect(report).toMatchObject({ killed: 5, applied: 147, problems: [] });
});
