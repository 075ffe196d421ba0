import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { startMskLocal, type MskLocal } from '../../local/api/index.ts';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { runNpm, type NpmProcess } from './npm-process.ts';
import { inOtherGroups, processesOf, survivorsOf, type ProcessRow } from './process-table.ts';
import { connectForeignApp, REGION, type ForeignApp } from './support/foreign-app.ts';
import { produce } from './support/msk-local.ts';

jest.setTimeout(120_000);

const DELIVERED_AFTER_MS = 30_000;
const ALL_GONE_AFTER_MS = 10_000;

function eventually(what: string, condition: () => Promise<boolean>): Promise<void> {
  return waitFor(condition, { what, timeoutMs: DELIVERED_AFTER_MS });
}

function untilGone(processes: readonly ProcessRow[]): Promise<void> {
  return waitFor(async () => (await survivorsOf(processes)).length === 0, {
    what: 'every process to be gone',
    timeoutMs: ALL_GONE_AFTER_MS,
  });
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
        /stand-in: AWS::Lambda::EventSourceMapping .* kafka\.example\.com:9096, give way/,
      ),
      expect.stringContaining('created: topic sign-ups with 3 partitions'),
    ]);
  });

  test('ESM-098 ESM-099 has a mapping stop, go on where it stopped, and end, as it is disabled, enabled and deleted at the AWS endpoint', async () => {
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

describe('one mapping without any template', () => {
  let folder: string;
  let npm: NpmProcess | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'msk-local-'));
  });

  afterEach(async () => {
    await npm?.cleanUp();
    npm = undefined;
    await rm(folder, { recursive: true });
  });

  test('runs with its handler, and leaves no process behind after kill -9', async () => {
    const received = join(folder, 'received');
    await mkdir(join(folder, 'dist'));
    await writeFile(
      join(folder, 'dist/index.mjs'),
      `import { appendFileSync } from 'node:fs';
       export const handler = ({ eventSourceArn, records }) =>
         Object.values(records).flat().forEach(({ topic, value }) =>
           appendFileSync(process.env.RECEIVED, [eventSourceArn, topic, Buffer.from(value, 'base64') + '\\n'].join(' ')));`,
    );
    const request = {
      FunctionName: 'print-payments',
      EventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/payments/1',
      Topics: ['payments'],
      StartingPosition: 'TRIM_HORIZON',
    };
    await writeFile(join(folder, 'mapping.json'), JSON.stringify(request));
    const mapping = ['--mapping', join(folder, 'mapping.json')];
    const handler = ['--handler', join(folder, 'dist/index.handler'), '--env', `RECEIVED=${received}`];
    npm = await runNpm('msk-local', [...mapping, ...handler, '--partitions', '1']);
    await npm.untilLine('Ready');
    const processes = await processesOf(npm.pid);

    await produce(npm, 'payments', ['one', 'two']);
    const read = (): Promise<string> => readFile(received, 'utf8').catch(() => '');
    await eventually('both payments', async () => (await read()).split('\n').length > 2);
    process.kill(-npm.pid, 'SIGKILL');
    await untilGone(processes);

    expect(await read()).toBe(
      `${request.EventSourceArn} payments one\n${request.EventSourceArn} payments two\n`,
    );
  });
});
