import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { startMskLocal, type MskLocal } from '../../local/api/index.ts';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { inOtherGroups, survivorsOf } from './process-table.ts';
import { connectForeignApp, REGION, type ForeignApp } from './support/foreign-app.ts';

jest.setTimeout(120_000);

const DELIVERED_AFTER_MS = 30_000;

function eventually(what: string, condition: () => Promise<boolean>): Promise<void> {
  return waitFor(condition, { what, timeoutMs: DELIVERED_AFTER_MS });
}

describe('a CDK app that msk-local does not know', () => {
  let stateDirectory: string;
  let local: MskLocal;
  let app: ForeignApp;

  beforeAll(async () => {
    stateDirectory = await mkdtemp(join(tmpdir(), 'msk-local-'));
    local = await startMskLocal({
      app: 'test/foreign-app',
      region: REGION,
      enginesDirectory,
      stateDirectory,
    });
    app = await connectForeignApp(local);
  });

  afterAll(() => app.close());
  // One of its own: it runs also when there was no app to connect to.
  afterAll(async () => {
    await local.stop();
    await rm(stateDirectory, { recursive: true });
  });

  /** Waits until a click has come through; what was sent before it to a mapping that polls has come about then. */
  async function clickThrough(id: string): Promise<void> {
    await local.produce('page-clicks', [id]);
    await local.waitForLagZero('click-counter');
  }

  async function untilSignUps(count: number): Promise<void> {
    await eventually(`${count} sign-ups`, async () => (await app.signUps()).length >= count);
    await eventually('their commit', async () => (await app.signUpGroup()).committedRecords >= count);
  }

  async function untilNoMembers(): Promise<void> {
    await eventually('the members to leave', async () => (await app.signUpGroup()).members === 0);
  }

  test('runs with both of its mappings, of managed and of self-managed Kafka', async () => {
    await local.produce('sign-ups', ['ada']);
    await clickThrough('click-1');
    await untilSignUps(1);

    expect(await app.clicks()).toEqual(['aws:kafka: click-1']);
    expect(await app.signUps()).toEqual(['SelfManagedKafka: ada']);
    expect(
      local.notAsOnAws.filter(
        (line) => line.includes('kafka.example.com') || /topic sign-ups with/.test(line),
      ),
    ).toEqual([
      expect.stringMatching(
        /stand-in: AWS::Lambda::EventSourceMapping .* replaces its brokers, kafka\.example\.com:9096/,
      ),
      expect.stringContaining('created: topic sign-ups with 3 partitions'),
    ]);
  });

  test('ESM-098 ESM-099 stops, continues and ends a mapping that is disabled, enabled and deleted at the AWS endpoint', async () => {
    const mapping = await app.account.mappingOf('ForwardSignUps');
    const before = await app.signUps();
    const look = async (): Promise<object> => ({
      ...(await app.signUpGroup()),
      signUps: await app.signUps(),
    });

    await app.account.setMappingEnabled(mapping, false);
    await untilNoMembers();
    await local.produce('sign-ups', ['while disabled 1', 'while disabled 2']);
    await clickThrough('while disabled');
    const disabled = await look();
    await app.account.setMappingEnabled(mapping, true);
    await untilSignUps(before.length + 2);
    const enabled = await look();
    await app.account.deleteMapping(mapping);
    await untilNoMembers();
    await local.produce('sign-ups', ['after its deletion']);
    await clickThrough('after its deletion');
    const deleted = await look();

    const after = [...before, 'SelfManagedKafka: while disabled 1', 'SelfManagedKafka: while disabled 2'];
    expect({ disabled, enabled, deleted }).toEqual({
      disabled: { members: 0, committedRecords: before.length, signUps: before },
      enabled: { members: 1, committedRecords: after.length, signUps: after },
      deleted: { members: 0, committedRecords: after.length, signUps: after },
    });
  });

  test('leaves no process behind when it is stopped', async () => {
    const processes = await inOtherGroups(process.pid);

    await local.stop();

    expect(processes.length).toBeGreaterThan(5);
    expect(await survivorsOf(processes)).toEqual([]);
  });
});
